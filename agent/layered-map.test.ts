import { expect, test } from "vitest";
import { differingKeys, withEntry, withoutEntry } from "./layered-map";

type Value = { nth: number };
const value = (nth: number): Value => ({ nth });

/** The same 2,000 changes to both kinds of maps: additions, replacements and removals. */
function changedBoth() {
  const plain = new Map([["first", value(-1)]]);
  let layered: ReadonlyMap<string, Value> = new Map(plain);
  for (let nth = 0; nth < 2000; nth++) {
    const key = `key${(nth * 7) % 900}`;
    if (nth % 5 === 4 && plain.has(key)) {
      plain.delete(key);
      layered = withoutEntry(layered, key);
    } else {
      plain.set(key, value(nth));
      layered = withEntry(layered, key, value(nth));
    }
  }
  return { plain, layered };
}

test("changed copies hold what a plain map holds, however many changes came", () => {
  const { plain, layered } = changedBoth();
  const sorted = (map: ReadonlyMap<string, Value>) => [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
  expect(sorted(layered)).toEqual(sorted(plain));
  expect(layered.size).toBe(plain.size);
  expect([...layered.keys()]).toHaveLength(plain.size);
  expect([...layered.values()]).toHaveLength(plain.size);
});

test("a copy leaves the map as it was, and a missing entry is removed without a copy", () => {
  const before = withEntry(new Map<string, Value>(), "a", value(1));
  const after = withoutEntry(withEntry(before, "b", value(2)), "a");
  expect([...before.keys(), ...after.keys()]).toEqual(["a", "b"]);
  expect(withoutEntry(after, "a")).toBe(after);
});

test("only the changes differ while two maps share a base, and all can without one", () => {
  const large = new Map(Array.from({ length: 20_000 }, (_, nth) => [`key${nth}`, value(nth)]));
  const after = withoutEntry(withEntry(large, "new", value(1)), "key5");
  expect(differingKeys(large, after)).toEqual(new Set(["new", "key5"]));
  expect(differingKeys(large, new Map(after)).size).toBe(20_001);
});
