import fc from "fast-check";
import { expect, test } from "vitest";
import type { AllotmentSeats, Assignment, Patch, PatchContext, Reverted, Seats } from "./assignment";
import { applyMoves, type Move } from "./assignment-moves";
import { foldSubject } from "./subject";

const NOW = new Date("2026-08-20T12:00:00Z");
const LICENSE = "9999000000001253";
const POOLS = ["a", "b", "c"] as const;

type Holder = { subject: string; allotment: string };
type Units = Record<string, number>;

const instanceOf = (holders: readonly Holder[], subject: string) =>
  String(1 + holders.findIndex((one) => one.subject === subject));

function seatsOf(units: Units, holders: readonly Holder[], gone: Assignment[] = []): Seats {
  const allotments = Object.entries(units).map(([name, count]): [string, AllotmentSeats] => {
    const live = holders.filter(({ allotment }) => allotment === name).length;
    return [name, { name, class: "assigned", units: count, live }];
  });
  const touched = holders.map(({ subject, allotment }, at) => rowOf(String(at + 1), subject, allotment));
  return {
    ...{ license: LICENSE, version: 100, accepts: true, autoAssign: new Set<string>() },
    ...{ pools: new Map(allotments), touched: [...touched, ...gone] },
  };
}

function rowOf(instance: string, subject: string, allotment: string): Assignment {
  const version = Number(instance);
  return {
    ...{ instance, version, addedAt: version, allotment, subject, index: foldSubject(subject) },
    ...{ created: new Date("2026-01-01"), received: null, source: "east", auto: false, deleted: null },
    lastUsed: null,
  };
}

function how(reverts?: Map<Patch, Reverted>): Omit<PatchContext, "dependsOn"> {
  let last = 1000;
  return { source: "admin", now: NOW, indexOf: foldSubject, newInstance: () => String(++last), reverts };
}

const take = (subject: string, allotment: string): Patch => ({
  ...{ instance: "", version: 0, license: LICENSE, allotment, subject },
  created: NOW.toISOString(),
});
const leave = (instance: string): Patch => ({
  ...take("", ""),
  ...{ created: "", instance, deleted: NOW.toISOString() },
});

/** The moves of users to the allotments they want, as an import sends them. */
function movesOf(holders: readonly Holder[], wanted: readonly Holder[]): Move[] {
  return wanted.map(({ subject, allotment }) => {
    const held = holders.find((one) => one.subject === subject);
    const stays = !held || held.allotment === allotment;
    return { take: take(subject, allotment), leave: stays ? undefined : leave(instanceOf(holders, subject)) };
  });
}

/** Which allotment each user holds after the moves; fails if an allotment exceeds its units on the way. */
function held(
  units: Units,
  holders: readonly Holder[],
  moves: readonly Move[],
  manner = how(),
  gone: Assignment[] = [],
) {
  const rows = new Map(seatsOf(units, holders).touched.map((row) => [row.instance, row]));
  for (const { kind, row } of applyMoves(seatsOf(units, holders, gone), moves, manner).changes) {
    if (row.deleted) rows.delete(row.instance);
    else rows.set(row.instance, row);
    const live = [...rows.values()].filter(({ allotment }) => allotment === row.allotment).length;
    if (kind === "add") expect(live).toBeLessThanOrEqual(units[row.allotment] ?? 0);
  }
  return [...rows.values()].map(({ subject, allotment }) => `${subject} ${allotment}`).toSorted();
}

const BOB_AND_EVE: Holder[] = [
  { subject: "bob", allotment: "a" },
  { subject: "eve", allotment: "b" },
];
const SWAP: Holder[] = [
  { subject: "bob", allotment: "b" },
  { subject: "eve", allotment: "a" },
];

test("a swap between two full allotments releases both seats before it takes them", () => {
  const result = applyMoves(seatsOf({ a: 1, b: 1 }, BOB_AND_EVE), movesOf(BOB_AND_EVE, SWAP), how());
  expect(result.changes.map(({ kind }) => kind)).toEqual(["delete", "delete", "add", "add"]);
  expect(result.answers.every(({ rejection }) => rejection === "")).toBe(true);
});

test("nobody loses a seat for one that is refused", () => {
  const half = movesOf(BOB_AND_EVE, SWAP.slice(0, 1));
  expect(held({ a: 1, b: 1 }, BOB_AND_EVE, half)).toEqual(["bob a", "eve b"]);
  const unknown = movesOf(BOB_AND_EVE, [
    { subject: "bob", allotment: "time" },
    { subject: "eve", allotment: "a" },
  ]);
  expect(held({ a: 1, b: 1 }, BOB_AND_EVE, unknown)).toEqual(["bob a", "eve b"]);
});

test("a move that is sent twice is made once", () => {
  const twice = [...movesOf(BOB_AND_EVE, SWAP), ...movesOf(BOB_AND_EVE, SWAP)];
  expect(held({ a: 1, b: 1 }, BOB_AND_EVE, twice)).toEqual(["bob b", "eve a"]);
});

test("a plain release comes before the move that waits for its seat", () => {
  const moves = [{ take: take("gwen", "a") }, { leave: leave("1") }];
  expect(held({ a: 1, b: 1 }, BOB_AND_EVE, moves)).toEqual(["eve b", "gwen a"]);
});

test("a swap can be undone even if both allotments are full or over their units since", () => {
  const swapped = [...SWAP];
  const gone = BOB_AND_EVE.map(({ subject, allotment }, at) => ({
    ...rowOf(String(50 + at), subject, allotment),
    ...{ subject: "", deleted: NOW },
  }));
  const moves = BOB_AND_EVE.map(({ subject, allotment }) => ({
    take: take(subject, allotment),
    leave: leave(instanceOf(swapped, subject)),
  }));
  const reverts = new Map(
    moves.map((move, at) => {
      const subject = move.take.subject;
      return [
        move.take,
        { version: 50 + at, restores: { instance: String(50 + at), subject, live: 1 } },
      ] as const;
    }),
  );
  expect(held({ a: 1, b: 1 }, swapped, moves, how(new Map(reverts)), gone)).toEqual(["bob a", "eve b"]);
  const fewer = applyMoves(seatsOf({ a: 0, b: 1 }, swapped, gone), moves, how(new Map(reverts)));
  expect(fewer.changes).toHaveLength(4);
});

const cases = fc
  .record({
    held: fc.uniqueArray(
      fc.record({ subject: fc.constantFrom(..."stuvwxyz"), allotment: fc.constantFrom(...POOLS) }),
      { selector: ({ subject }) => subject },
    ),
    more: fc.record({ a: fc.integer({ min: -1, max: 2 }), b: fc.nat(2), c: fc.nat(1) }),
    wanted: fc.uniqueArray(
      fc.record({ subject: fc.constantFrom(..."pqrstuvwxyz"), allotment: fc.constantFrom(...POOLS) }),
      { selector: ({ subject }) => subject },
    ),
  })
  .map(({ held: holders, more, wanted }) => {
    const units: Units = {};
    for (const name of POOLS)
      units[name] = Math.max(0, holders.filter(({ allotment }) => allotment === name).length + more[name]);
    return { holders, units, wanted };
  });

test("moves that fit as a whole are all made, and never exceed the units on the way", () => {
  fc.assert(
    fc.property(cases, ({ holders, units, wanted }) => {
      const result = held(units, holders, movesOf(holders, wanted));
      const end = new Map([...holders, ...wanted].map(({ subject, allotment }) => [subject, allotment]));
      const fits = POOLS.every((name) => {
        const isAsked = wanted.some(({ allotment }) => allotment === name);
        return !isAsked || [...end.values()].filter((of) => of === name).length <= (units[name] ?? 0);
      });
      if (fits) expect(result).toEqual([...end].map(([subject, name]) => `${subject} ${name}`).toSorted());
      const subjects = result.map((text) => text.split(" ")[0]);
      for (const { subject } of holders) expect(subjects.filter((one) => one === subject)).toHaveLength(1);
    }),
    { numRuns: 3000 },
  );
});
