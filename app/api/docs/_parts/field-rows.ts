import { type Document, resolved, type Schema } from "@/api/documentation";

/** One field of a body, as a row: those of an object within it follow, one step deeper. */
export type FieldRow = {
  name: string;
  /** The names of the objects around it and its own, which tells equal names apart. */
  path: string;
  depth: number;
  type: string;
  isRequired: boolean;
  description?: string;
};

type Described = Pick<Document, "components">;

const DEEPEST = 4;

/** The fields of a body, in the order of the schema. */
export function fieldRows(document: Described, schema: Schema, within = "", depth = 0): FieldRow[] {
  if (depth > DEEPEST) return [];
  const { properties, required } = fieldsOf(document, schema);
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${within}/${name}`;
    const row = {
      ...{ name, path, depth, type: typeText(document, field), isRequired: required.includes(name) },
      description: field.description ?? resolved(document, field).description,
    };
    return [row, ...fieldRows(document, field, path, depth + 1)];
  });
}

/** The type of a field in words, such as `array of string, or null`. */
function typeText(document: Described, schema: Schema): string {
  const whole = resolved(document, schema);
  if (whole.const !== undefined) return JSON.stringify(whole.const);
  if (whole.enum) return whole.enum.map((value) => JSON.stringify(value)).join(", ");
  const variants = whole.anyOf ?? whole.oneOf;
  if (variants) return [...new Set(variants.map((part) => typeText(document, part)))].join(" or ");
  if (Array.isArray(whole.type)) return whole.type.join(" or ");
  if (whole.type === "array") return `array of ${typeText(document, whole.items ?? {})}`;
  if (whole.properties ?? whole.allOf) return "object";
  return [whole.type ?? "any value", whole.format].filter(Boolean).join(", ");
}

/** The fields of an object, with those that it inherits. */
function fieldsOf(
  document: Described,
  schema: Schema,
): { properties: Record<string, Schema>; required: string[] } {
  const { properties = {}, required = [], allOf = [], anyOf, oneOf, items } = resolved(document, schema);
  const parts = [...allOf, ...(items ? [items] : []), ...(anyOf ?? oneOf ?? [])];
  const inherited = parts.map((part) => fieldsOf(document, part));
  return {
    properties: Object.assign({}, ...inherited.map((part) => part.properties), properties),
    required: [...inherited.flatMap((part) => part.required), ...required],
  };
}
