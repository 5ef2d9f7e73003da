import { expect, test } from "vitest";
import { comingFrom, viewHref, viewIn, viewSearch } from "./view-search";

test.each([
  ["", ""],
  ["q=acme%5Cbob", ""],
  ["state=excess&assign=true&subject=acme%5Cbob&into=analyzer", "state=excess"],
  ["state=excess&q=bob&cursor=x&open=17&assign=true", "state=excess"],
  ["sort=-created&allotment=analyzer", "allotment=analyzer&sort=-created"],
  ["allotment=analyzer&sort=-created", "allotment=analyzer&sort=-created"],
  ["?idle=90", "idle=90"],
  ["idle=90&origin=mine", "idle=90"],
])("a view keeps of “%s” the part “%s”", (search, kept) => {
  expect(viewSearch(search)).toBe(kept);
});

const all = { id: "all", search: "" };
const idle = { id: "idle", search: "idle=90" };
const mine = { id: "mine", search: "idle=90" };

test.each([
  ["", all, null],
  ["q=bob", all, null],
  ["idle=90", idle, null],
  ["idle=90&q=bob&origin=mine", mine, null],
  ["idle=90&state=excess&origin=mine", null, mine],
  ["idle=90&state=excess&origin=gone", null, null],
  ["idle=90&state=excess", null, null],
  ["origin=mine", all, null],
])("“%s” shows one view or has changed one", (search, shown, changed) => {
  expect(viewIn([all, idle, mine], search)).toEqual({ shown, changed });
});

test("a search without filters changes no view, even if no view shows everything", () => {
  expect(viewIn([mine], "origin=mine")).toEqual({ shown: null, changed: null });
});

test("the link to a view names it as the origin, unless the view has no filters", () => {
  expect(viewHref("/licenses", mine)).toBe("/licenses?idle=90&origin=mine");
  expect(viewHref("/licenses", all)).toBe("/licenses");
});

test("an address comes from the view that was named last, and keeps its other parameters", () => {
  expect(comingFrom("/licenses?q=bob&origin=idle", "mine")).toBe("/licenses?q=bob&origin=mine");
  expect(comingFrom("/licenses", "mine")).toBe("/licenses?origin=mine");
});
