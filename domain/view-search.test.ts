import { expect, test } from "vitest";
import { viewSearch } from "./view-search";

test.each([
  ["", ""],
  ["q=acme%5Cbob", ""],
  ["state=excess&assign=true&subject=acme%5Cbob&into=analyzer", "state=excess"],
  ["state=excess&q=bob&cursor=x&open=17&assign=true", "state=excess"],
  ["sort=-created&allotment=analyzer", "allotment=analyzer&sort=-created"],
  ["allotment=analyzer&sort=-created", "allotment=analyzer&sort=-created"],
  ["?idle=90", "idle=90"],
])("of “%s” a view keeps “%s”", (search, kept) => {
  expect(viewSearch(search)).toBe(kept);
});
