import { isPlainText } from "@/domain/text";
import type { ScimAttribute } from "./attributes";
import { scimRefusal } from "./scim-refusal";

export type ScimScalar = string | boolean;
export type ScimElement = { [name: string]: ScimScalar };
export type ScimValue = ScimScalar | ScimElement | ScimElement[];

/** The attributes of a user or a group by their keys; an extension's have its URN before them. */
export type ScimResource = { [key: string]: ScimValue };

const LONGEST_VALUE = 1000;
const MOST_ELEMENTS = 100;

export function isElement(value: unknown): value is ScimElement {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a sent value means that the attribute has none (RFC 7643, 2.5). */
export function isNothing(value: unknown): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

/**
 * A value as the attribute has it. Directories send `"False"` for false, one element without its array, a bare text for
 * an element, and a text in an array: `[{"value": "False"}]`. Throws `invalidValue`.
 */
export function valueFor(attribute: ScimAttribute, sent: unknown): ScimValue {
  if (attribute.isMany) return elementsFor(attribute, sent);
  const one = Array.isArray(sent) && sent.length === 1 ? sent[0] : sent;
  if (attribute.type === "complex") return elementFor(attribute, one);
  return simpleFor(attribute, isElement(one) && "value" in one ? one.value : one);
}

/** The elements of a multi-valued attribute, each once. */
export function elementsFor(attribute: ScimAttribute, sent: unknown): ScimElement[] {
  const elements = (Array.isArray(sent) ? sent : [sent]).map((one) => elementFor(attribute, one));
  if (elements.length > MOST_ELEMENTS)
    throw scimRefusal("invalidValue", `${attribute.name} can have at most ${MOST_ELEMENTS} elements.`);
  return onlyOnePrimary(distinct(elements.filter((one) => Object.keys(one).length > 0)));
}

/** An element with the subAttributes that are kept. */
export function elementFor(attribute: ScimAttribute, sent: unknown): ScimElement {
  const members = isElement(sent) ? Object.entries(sent) : [["value", sent] as const];
  const { subAttributes = [] } = attribute;
  return Object.fromEntries(
    members.flatMap(([name, value]) => {
      const sub = subAttributes.find((one) => one.name.toLowerCase() === name.toLowerCase());
      return sub && !isNothing(value) ? [[sub.name, simpleFor(sub, value)] as const] : [];
    }),
  );
}

export function simpleFor(attribute: ScimAttribute, sent: unknown): ScimScalar {
  if (attribute.type === "boolean") return booleanFor(attribute, sent);
  const text = typeof sent === "number" ? String(sent) : sent;
  if (isPlainText(text, LONGEST_VALUE)) return text;
  throw scimRefusal(
    "invalidValue",
    `${attribute.name} must be a text of at most ${LONGEST_VALUE} characters in one line.`,
  );
}

export function distinct(elements: readonly ScimElement[]): ScimElement[] {
  return [...new Map(elements.map((one) => [keyOf(one), one])).values()];
}

/** The last primary element stays the only one. */
export function onlyOnePrimary(elements: readonly ScimElement[]): ScimElement[] {
  const last = elements.findLastIndex(({ primary }) => primary === true);
  return elements.map((one, at) => (one.primary === true && at !== last ? { ...one, primary: false } : one));
}

function booleanFor({ name }: ScimAttribute, sent: unknown): boolean {
  const text = typeof sent === "string" ? sent.trim().toLowerCase() : sent;
  if (text === true || text === "true") return true;
  if (text === false || text === "false") return false;
  throw scimRefusal("invalidValue", `${name} must be true or false.`);
}

function keyOf(element: ScimElement): string {
  return JSON.stringify(Object.entries(element).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
