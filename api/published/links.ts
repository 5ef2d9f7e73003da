import type { Context } from "hono";
import { originOf } from "@/api/origin";
import type { PublishedPage } from "@/server/published/published-page";
import { addressOf } from "./caller";

/**
 * The links of a page: absolute, as clients fetch them as they are, with the prefix and the license that the request
 * named. Everything else is in the token.
 */
export function linksOf(c: Context, { next, prev }: Pick<PublishedPage<unknown>, "next" | "prev">) {
  const href = (token: string) => {
    const { base, path } = addressOf(c);
    return { href: `${originOf(c)}${base}${path}?page=${token}` };
  };
  return { ...(next ? { next: href(next) } : {}), ...(prev ? { prev: href(prev) } : {}) };
}
