import { expect, test } from "vitest";
import { TERMS } from "./terms";

test("each term stands once: its id is an address on the page of terms", () => {
  const ids = TERMS.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});
