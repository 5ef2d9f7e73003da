import type { Context } from "hono";
import type { ScimAttribute } from "@/domain/scim/attributes";
import type { Filter } from "@/domain/scim/filter-tree";
import { parseResourceFilter } from "@/domain/scim/resource-filter";
import { scimRefusal } from "@/domain/scim/scim-refusal";
import type { Range, ResourcePage } from "@/server/scim/resource-list";
import { LIST_SCHEMA } from "./representation";

export const MOST_RESULTS = 200;
const USUAL_RESULTS = 100;

/** The filter of a list; null without one. */
export function filterIn(c: Context, attributes: readonly ScimAttribute[]): Filter | null {
  const text = c.req.query("filter")?.trim();
  return text ? parseResourceFilter(text, attributes) : null;
}

/** `startIndex` counts from 1, and a smaller one means 1; a negative `count` means 0 (RFC 7644, 3.4.2.4). */
export function rangeIn(c: Context): Range {
  const start = Math.max(1, wholeIn(c, "startIndex", 1)) - 1;
  const count = Math.min(MOST_RESULTS, Math.max(0, wholeIn(c, "count", USUAL_RESULTS)));
  return { start, count };
}

/** The response of a list. */
export function listOf(
  { start }: Range,
  { total }: Pick<ResourcePage, "total">,
  resources: readonly object[],
) {
  return {
    schemas: [LIST_SCHEMA],
    totalResults: total,
    startIndex: start + 1,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

function wholeIn(c: Context, name: string, usual: number): number {
  const text = c.req.query(name) ?? "";
  if (text === "") return usual;
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw scimRefusal("invalidValue", `${name} must be a whole number.`);
}
