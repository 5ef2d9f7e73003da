import { expect, test } from "vitest";
import { cursorIn, cursorsFrom } from "./page-cursors";

const hrefOf = (trail: string | null) => `/list${trail ? `?cursor=${trail}` : ""}`;

const WHOLE = "/list?cursor=all";
const NONE = { first: null, previous: null, next: null, whole: null, pages: null, limitedTo: null };

test("the first page has no way back, and the last none on", () => {
  expect(cursorsFrom(null, "b.1", hrefOf)).toEqual({ ...NONE, next: "/list?cursor=b.1", whole: WHOLE });
  expect(cursorsFrom(null, null, hrefOf)).toEqual(NONE);
  expect(cursorsFrom("b.1", null, hrefOf)).toEqual({
    ...NONE,
    first: "/list",
    previous: "/list",
    whole: WHOLE,
  });
});

test("a page leads to the one before it", () => {
  expect(cursorsFrom("b.1~c.2", "d.3", hrefOf)).toEqual({
    ...NONE,
    first: "/list",
    previous: "/list?cursor=b.1",
    next: "/list?cursor=b.1~c.2~d.3",
    whole: WHOLE,
  });
});

test("a whole list leads back to its pages, and says if there is more", () => {
  expect(cursorsFrom("all", null, hrefOf)).toEqual({ ...NONE, pages: "/list" });
  expect(cursorsFrom("all", "b.1", hrefOf)).toEqual({ ...NONE, pages: "/list", limitedTo: 1000 });
});

test("a page is that of the last cursor", () => {
  expect(["b.1~c.2", "~c.2", "b.1", "", null].map(cursorIn)).toEqual([
    "c.2",
    "c.2",
    "b.1",
    undefined,
    undefined,
  ]);
});

test("of many pages an address remembers twenty, and leads back through those only", () => {
  let trail: string | null = null;
  for (let page = 1; page <= 30; page++) trail = cursorsFrom(trail, `p${page}`, (to) => String(to)).next;
  const seen = [];
  for (let at: string | null = trail; at; at = cursorsFrom(at, null, (to) => String(to)).previous)
    seen.push(cursorIn(at));
  expect(seen).toEqual(Array.from({ length: 20 }, (_, back) => `p${30 - back}`));
});
