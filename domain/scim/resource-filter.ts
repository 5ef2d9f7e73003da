import { subjectFragmentKey } from "@/domain/assignments/subject";
import { attributeNamed, type ScimAttribute, subAttributeNamed } from "./attributes";
import { type Filter, filterTree } from "./filter-tree";
import type { ScimElement, ScimResource, ScimScalar, ScimValue } from "./resource";
import { scimRefusal } from "./scim-refusal";

const LONGEST = 4000;

type Comparison = Extract<Filter, { compValue: unknown }>;
type Value = ScimScalar | undefined;

/** Parses a filter over these attributes. Throws `invalidFilter`. */
export function parseResourceFilter(text: string, attributes: readonly ScimAttribute[]): Filter {
  if (text.length > LONGEST)
    throw scimRefusal("invalidFilter", `A filter can have at most ${LONGEST} characters.`);
  const filter = read(text);
  refuseUnknown(filter, attributes);
  return filter;
}

function read(text: string): Filter {
  try {
    return filterTree(text);
  } catch {
    throw scimRefusal(
      "invalidFilter",
      'The filter can\'t be read. Write it as in userName eq "bob@acme.example".',
    );
  }
}

/** Whether a resource meets a filter. Texts without case are compared as user names are. */
export function meetsResourceFilter(
  filter: Filter,
  resource: ScimResource,
  attributes: readonly ScimAttribute[],
): boolean {
  const meets = (one: Filter) => meetsResourceFilter(one, resource, attributes);
  switch (filter.op) {
    case "and":
      return filter.filters.every(meets);
    case "or":
      return filter.filters.some(meets);
    case "not":
      return !meets(filter.filter);
    case "[]": {
      const attribute = attributeNamed(attributes, filter.attrPath);
      const elements = attribute ? resource[attribute.key] : undefined;
      if (!attribute || !Array.isArray(elements)) return false;
      return elements.some((element) => meetsElementFilter(filter.valFilter, element, attribute));
    }
    default: {
      const [attribute, sub] = attributesAt(filter.attrPath, attributes);
      return matches(filter, sub ?? attribute, valuesAt(resource[attribute.key], sub));
    }
  }
}

/** Whether one element of a multi-valued attribute meets the filter in brackets. */
export function meetsElementFilter(filter: Filter, element: ScimElement, attribute: ScimAttribute): boolean {
  const meets = (one: Filter) => meetsElementFilter(one, element, attribute);
  switch (filter.op) {
    case "and":
      return filter.filters.every(meets);
    case "or":
      return filter.filters.some(meets);
    case "not":
      return !meets(filter.filter);
    case "[]":
      return false;
    default: {
      const sub = subAttributeNamed(attribute, filter.attrPath);
      return sub !== null && matches(filter, sub, [element[sub.name]]);
    }
  }
}

/** The texts to which a filter compares an attribute by `eq` such that every match has one of them; null if there are none. */
export function equalTo(filter: Filter, key: string, attributes: readonly ScimAttribute[]): string | null {
  if (filter.op === "and")
    return filter.filters.map((one) => equalTo(one, key, attributes)).find((one) => one !== null) ?? null;
  if (filter.op !== "eq" || typeof filter.compValue !== "string") return null;
  return attributeNamed(attributes, filter.attrPath)?.key === key ? filter.compValue : null;
}

function refuseUnknown(filter: Filter, attributes: readonly ScimAttribute[]): void {
  if ("filters" in filter) for (const one of filter.filters) refuseUnknown(one, attributes);
  else if (filter.op === "not") refuseUnknown(filter.filter, attributes);
  else if (filter.op === "[]")
    refuseUnknownIn(filter.valFilter, attributesAt(filter.attrPath, attributes)[0]);
  else attributesAt(filter.attrPath, attributes);
}

function refuseUnknownIn(filter: Filter, attribute: ScimAttribute): void {
  if ("filters" in filter) for (const one of filter.filters) refuseUnknownIn(one, attribute);
  else if (filter.op === "not") refuseUnknownIn(filter.filter, attribute);
  else if (filter.op === "[]" || !subAttributeNamed(attribute, filter.attrPath))
    throw unknown(`${attribute.name}[${filter.attrPath}]`);
}

/** The attribute of a path, and its sub-attribute: `emails` alone means the value of its elements. */
function attributesAt(
  path: string,
  attributes: readonly ScimAttribute[],
): [attribute: ScimAttribute, sub?: ScimAttribute] {
  const whole = attributeNamed(attributes, path);
  if (whole) return [whole, subAttributeNamed(whole, "value") ?? undefined];
  const dot = path.lastIndexOf(".");
  const attribute = attributeNamed(attributes, path.slice(0, dot));
  const sub = attribute && subAttributeNamed(attribute, path.slice(dot + 1));
  if (attribute && sub) return [attribute, sub];
  throw unknown(path);
}

function unknown(path: string) {
  return scimRefusal("invalidFilter", `${path} can't be filtered: this server has no such attribute.`);
}

function valuesAt(value: ScimValue | undefined, sub: ScimAttribute | undefined): Value[] {
  if (value === undefined) return [];
  if (!sub || typeof value !== "object") return [typeof value === "object" ? undefined : value];
  return (Array.isArray(value) ? value : [value]).map((element) => element[sub.name]);
}

/** A condition on several values is met by any of them; `ne` and `pr` look at all. */
function matches(
  filter: Exclude<Filter, { op: "and" | "or" | "not" | "[]" }>,
  attribute: ScimAttribute,
  values: readonly Value[],
): boolean {
  if (filter.op === "pr") return values.some((value) => value !== undefined);
  if (filter.op === "ne")
    return !values.some((value) => compares({ ...filter, op: "eq" } as Comparison, attribute, value));
  return values.some((value) => compares(filter as Comparison, attribute, value));
}

function compares({ op, compValue }: Comparison, attribute: ScimAttribute, value: Value): boolean {
  if (compValue === null) return op === "eq" && value === undefined;
  if (value === undefined) return false;
  const [is, than] = [value, compValue].map((each) => keyOf(String(each), attribute)) as [string, string];
  switch (op) {
    case "co":
      return is.includes(than);
    case "sw":
      return is.startsWith(than);
    case "ew":
      return is.endsWith(than);
    case "gt":
      return is > than;
    case "ge":
      return is >= than;
    case "lt":
      return is < than;
    case "le":
      return is <= than;
    default:
      return is === than;
  }
}

/** True and false are texts without case too: directories write them with quotes. */
function keyOf(text: string, { isCaseExact }: ScimAttribute): string {
  return subjectFragmentKey(text, isCaseExact ? "exact" : "folded");
}
