import fc from "fast-check";
import { expect, test } from "vitest";
import {
  AUDIT_FIELDS,
  type AuditEntry,
  auditText,
  type Folded,
  foldEvents,
  foldedInto,
  isOfOneChange,
  NOTHING_FOLDED,
} from "./audit-chain";

const released: AuditEntry = {
  chain: "1",
  sequence: 7,
  at: new Date("2026-08-23T14:03:21Z"),
  actorKind: "user",
  actor: "ana",
  action: "assignment.released",
  object: "12",
  details: { allotment: "analyzer", version: 4 },
  address: null,
  requestId: "r1",
};

test.each([
  ["another seat", { object: "13", sequence: 8, details: { allotment: "analyzer", version: 5 } }, true],
  ["another allotment", { details: { allotment: "professional", version: 5 } }, false],
  ["what was done to it", { action: "assignment.added" }, false],
  ["another moment", { at: new Date("2026-08-23T14:03:22Z") }, false],
  ["another person", { actor: "leo" }, false],
  ["a token of the same id", { actorKind: "token" }, false],
  ["another request", { requestId: "r2" }, false],
  ["no request", { requestId: null }, false],
] as const)("%s, %j, is part of the same change: %s", (_, other, isOne) =>
  expect(isOfOneChange(released, { ...released, ...other })).toBe(isOne),
);

test("actions on other nouns are never part of one change", () => {
  const revoked = { ...released, action: "key.revoked" };
  expect(isOfOneChange(revoked, revoked)).toBe(false);
});

const writings = fc.array(
  fc.array(fc.constantFrom("professional", "analyzer"), { minLength: 1, maxLength: 8 }),
  { minLength: 1, maxLength: 4 },
);

/** A chain of the events that each request wrote at once. */
function chainOf(requests: string[][]) {
  return requests.flatMap((allotments, request) => {
    const events = allotments.map((allotment) => ({
      ...released,
      requestId: `r${request}`,
      details: { allotment },
    }));
    const standing = foldEvents(events);
    return events.map((event, index) => ({ ...event, standsFor: standing[index] ?? null }));
  });
}

function isRightlyFolded(chain: ReturnType<typeof chainOf>): boolean {
  let folded: Folded | null = NOTHING_FOLDED;
  for (const event of chain) folded = folded && foldedInto(folded, event);
  return folded?.last === null;
}

test("folding on writing shows each event once, and a wrong fold count is detected", () => {
  fc.assert(
    fc.property(writings, fc.nat(), fc.option(fc.nat({ max: 9 })), (requests, place, other) => {
      const chain = chainOf(requests);
      expect(chain.reduce((sum, { standsFor }) => sum + (standsFor ?? 0), 0)).toBe(chain.length);
      expect(isRightlyFolded(chain)).toBe(true);
      const changed = chain.map((event, at) => ({
        ...event,
        standsFor: at === place % chain.length ? other : event.standsFor,
      }));
      const isSame = chain.every(({ standsFor }, at) => standsFor === changed[at]?.standsFor);
      fc.pre(!isSame);
      expect(isRightlyFolded(changed)).toBe(false);
    }),
  );
});

/** Sorts at every depth, without a shortcut. */
function generallySorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(generallySorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, generallySorted(member)]),
  );
}

const names = fc.oneof(
  fc.constantFrom("a", "b", "B", "é", "", "1", "2", "10", "-1", "__proto__", "toJSON", "constructor"),
  fc.string(),
);
const flat = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constantFrom(undefined, null));
const flatObjects = fc
  .tuple(fc.array(fc.tuple(names, flat)), fc.boolean())
  .map(([members, isSorted]) =>
    Object.fromEntries(isSorted ? members.sort(([a], [b]) => (a < b ? -1 : 1)) : members),
  );

test("the hashed text is the same, byte by byte, as if each object were sorted", () => {
  const anything = fc.anything({ key: names, withDate: true, withNullPrototype: true, withTypedArray: true });
  fc.assert(
    fc.property(fc.oneof(flatObjects, anything, fc.array(flatObjects)), (details) => {
      const text = auditText({ ...released, details }, Buffer.from("ab", "hex"));
      const sorted = JSON.stringify([generallySorted(details)]).slice(1);
      expect(text).toBe(
        `${auditText({ ...released, details: null }, Buffer.from("ab", "hex")).slice(0, -"null]".length)}${sorted}`,
      );
    }),
    { numRuns: 2000 },
  );
});

test("a hash covers the hash before it, and every field in fixed order", () => {
  expect(auditText(released, Buffer.from("ab", "hex"))).toBe(
    '["ab","1",7,"2026-08-23T14:03:21.000Z","user","ana","assignment.released","12",null,"r1",{"allotment":"analyzer","version":4}]',
  );
  expect(AUDIT_FIELDS.toSorted()).toEqual(Object.keys(released).toSorted());
});

test.each([
  [{ a: 1, b: [2] }, '{"a":1,"b":[2]}'],
  [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
  [{ a: undefined, b: "x" }, '{"b":"x"}'],
  [{ a: null, b: { d: 1, c: 2 } }, '{"a":null,"b":{"c":2,"d":1}}'],
  [{ 10: "x", 9: "y" }, '{"9":"y","10":"x"}'],
  [{ a: 1, "9": 2 }, '{"9":2,"a":1}'],
  [JSON.parse('{"__proto__":1,"a":2}'), '{"__proto__":1,"a":2}'],
  [JSON.parse('{"a":1,"__proto__":{"c":1,"b":2}}'), '{"__proto__":{"b":2,"c":1},"a":1}'],
  [Buffer.from([7, 8]), '{"0":7,"1":8}'],
  [new Date(0), "{}"],
  [{}, "{}"],
  [[{ b: 1, a: 2 }], '[{"a":2,"b":1}]'],
])("the details %j are hashed as %s", (details, text) =>
  expect(auditText({ ...released, details }, Buffer.from("ab", "hex")).endsWith(`,"r1",${text}]`)).toBe(true),
);
