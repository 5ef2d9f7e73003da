import type { Context } from "hono";
import { invalidBody } from "@/api/http";
import { readJson } from "@/api/json-body";
import { type FieldError, Refusal } from "@/domain/refusals/refusal";
import { isSource } from "./caller";

export type Fields = Record<string, unknown>;

/** A body that is an object; its fields are unchecked. */
export function readFields(c: Context): Promise<Fields> {
  return readJson(c).then(fieldsIn);
}

export function fieldsIn(body: unknown): Fields {
  if (!isFields(body)) throw invalidBody([invalidValue("", "The body must be an object.")]);
  return body;
}

/** A field that must be an array of objects, at most `most`. An error inside an object is that item's own error. */
export function itemsOf(body: Fields, name: string, most: number, isOptional = false): Fields[] {
  const items = body[name];
  if (items === undefined && isOptional) return [];
  if (!Array.isArray(items)) throw invalidBody([invalidValue(`/${name}`, `${name} must be an array.`)]);
  if (items.length > most)
    throw invalidBody([
      invalidValue(`/${name}`, `${name} can have at most ${most} items. Send the rest in another request.`),
    ]);
  const wrong = items.findIndex((item) => !isFields(item));
  if (wrong >= 0) throw invalidBody([invalidValue(`/${name}/${wrong}`, "An item must be an object.")]);
  return items;
}

const INVALID_SOURCE = "source must be a text of 1 to 200 characters without control characters.";

export function sourceOf(body: Fields): string {
  if (isSource(body.source)) return body.source;
  throw invalidBody([invalidValue("/source", INVALID_SOURCE)]);
}

/** A source where none is required: null if absent; an invalid one is refused. */
export function optionalSourceOf(body: Fields): string | null {
  return body.source === undefined || body.source === null ? null : sourceOf(body);
}

/** The source in the query; null if absent. */
export function sourceInQuery(c: Context): string | null {
  const source = c.req.query("source");
  if (source === undefined) return null;
  if (isSource(source)) return source;
  throw new Refusal("INVALID_QUERY", INVALID_SOURCE);
}

export function invalidValue(pointer: string, title: string): FieldError {
  return { code: "INVALID_VALUE", title, pointer };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
