import type { Context } from "hono";
import type { Page } from "@/server/store/cursor";

/** Adds the link to the next page to a response (RFC 8288): the same request, with the cursor. */
export function linked<Item>(c: Context, page: Page<Item>): Page<Item> {
  if (page.cursor !== null) {
    const { pathname, searchParams } = new URL(c.req.url);
    searchParams.set("cursor", page.cursor);
    c.header("Link", `<${pathname}?${searchParams}>; rel="next"`);
  }
  return page;
}
