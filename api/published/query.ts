import type { Context } from "hono";
import { Refusal } from "@/domain/refusals/refusal";

/** A parameter, the first one if it comes twice. Clients send empty and `null` ones for what was left out. */
export function given(c: Context, name: string): string | undefined {
  const value = c.req.query(name);
  return value === undefined || value === "" || value === "null" ? undefined : value;
}

/** The number of rows of a page. */
export function limitIn(c: Context, { usual, most }: { usual: number; most: number }): number {
  const text = given(c, "limit") ?? String(usual);
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > most) throw wrongParameter("limit", `limit must be a number from 1 to ${most}.`);
  return limit;
}

/** The sort field, with `-` for the descending order; a `+` before it arrives as a blank. */
export function sortIn<const Field extends string>(
  c: Context,
  fields: readonly Field[],
): Field | `-${Field}` | undefined {
  const [, sign, name] = /^([+ -]?)(.*)$/.exec(given(c, "sort") ?? "") ?? [];
  if (!name) return undefined;
  const field = fields.find((one) => one === name);
  if (!field)
    throw wrongParameter("sort", `sort must be ${list.format(fields)}, with + or - before it for the order.`);
  return sign === "-" ? `-${field}` : field;
}

const list = new Intl.ListFormat("en", { type: "disjunction" });

function wrongParameter(name: string, title: string): Refusal {
  return new Refusal("INVALID_QUERY", title, {
    faults: [{ code: `INVALID_${name.toUpperCase()}`, title, pointer: `/${name}` }],
  });
}
