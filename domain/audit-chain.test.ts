import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AuditEntry,
  type Folded,
  foldEvents,
  foldedWith,
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
] as const)("%s, %j, is of one change: %s", (_, other, isOne) =>
  expect(isOfOneChange(released, { ...released, ...other })).toBe(isOne),
);

test("what is done to other things is never of one change", () => {
  const revoked = { ...released, action: "key.revoked" };
  expect(isOfOneChange(revoked, revoked)).toBe(false);
});

const writings = fc.array(
  fc.array(fc.constantFrom("professional", "analyzer"), { minLength: 1, maxLength: 8 }),
  { minLength: 1, maxLength: 4 },
);

/** What was written at once in each of some requests, as it stands in the chain. */
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
  for (const event of chain) folded = folded && foldedWith(folded, event);
  return folded?.last === null;
}

test("what is folded as it is written shows each event once, and any other number is noticed", () => {
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
