import fc from "fast-check";
import { expect, test } from "vitest";
import { type SeatWish, seatQueue } from "./seat-queue";

const NAMES = ["a", "b", "c"] as const;
type Rooms = Record<string, { units: number; live: number }>;

const room = fc.record({ units: fc.nat(3), live: fc.nat(4) });
const wish = fc
  .record({ to: fc.constantFrom(...NAMES), from: fc.option(fc.constantFrom(...NAMES), { nil: undefined }) })
  .filter(({ to, from }) => to !== from);
/** Every wish that gives up a seat has one that is held. */
const cases = fc
  .record({ rooms: fc.record({ a: room, b: room, c: room }), wishes: fc.array(wish, { maxLength: 9 }) })
  .map(({ rooms, wishes }) => ({ rooms: heldFor(rooms, wishes), wishes }));

function heldFor(rooms: Rooms, wishes: SeatWish[]): Rooms {
  const given = (name: string) => wishes.filter(({ from }) => from === name).length;
  return Object.fromEntries(
    Object.entries(rooms).map(([name, { units, live }]) => [
      name,
      { units, live: Math.max(live, given(name)) },
    ]),
  );
}

/** The wishes that are served, group by group. */
function served(rooms: Rooms, wishes: readonly SeatWish[]): number[][] {
  const queue = seatQueue(new Map(Object.entries(rooms)));
  const alone = wishes.flatMap((one, at) => queue.ask({ ...one, at })).map((one) => [one]);
  return [...alone, ...queue.rings()].map((group) => group.map(({ at }) => at));
}

/** The seats held after the wishes; undefined if an allotment exceeded its units on the way. */
function after(rooms: Rooms, wishes: readonly SeatWish[]): Record<string, number> | undefined {
  const taken = new Set(wishes.map(({ to }) => to));
  const live = Object.fromEntries(
    Object.entries(rooms).map(([name, { live: held }]) => {
      const into = wishes.filter(({ to }) => to === name).length;
      return [name, held + into - wishes.filter(({ from }) => from === name).length];
    }),
  );
  const isOver = [...taken].some((name) => (live[name] ?? 0) > (rooms[name]?.units ?? 0));
  return isOver ? undefined : live;
}

const swap: SeatWish[] = [
  { to: "b", from: "a" },
  { to: "a", from: "b" },
];
const full = (units: number) => ({ units, live: units });

test("two users who want each other's seat swap in either order, even if no seat is free", () => {
  const rooms = { a: full(1), b: full(1) };
  expect(served(rooms, swap)).toEqual([[0, 1]]);
  expect(served(rooms, swap.toReversed())).toEqual([[0, 1]]);
});

test("a seat that becomes free later goes to the first user who waits for it", () => {
  const wishes = [{ to: "a" }, { to: "a" }, { to: "b", from: "a" }];
  expect(served({ a: full(1), b: { units: 1, live: 0 } }, wishes)).toEqual([[2], [0]]);
});

test("a user who waits alone doesn't block a swap", () => {
  expect(served({ a: full(1), b: full(1) }, [{ to: "a" }, ...swap])).toEqual([[1, 2]]);
});

test("three users move in a ring", () => {
  const wishes = [
    { to: "b", from: "a" },
    { to: "a", from: "c" },
    { to: "c", from: "b" },
  ];
  expect(served({ a: full(1), b: full(1), c: full(1) }, wishes)).toEqual([[0, 2, 1]]);
});

test("nobody moves into an allotment that is over its units", () => {
  expect(served({ a: full(1), b: { units: 1, live: 2 } }, swap)).toEqual([]);
});

test("no step takes more seats than there are units", () => {
  fc.assert(
    fc.property(cases, ({ rooms, wishes }) => {
      const groups = served(rooms, wishes);
      groups.reduce((before, group) => {
        const wanted = group.flatMap((at) => wishes[at] ?? []);
        const live = after(before, wanted);
        expect(live).toBeDefined();
        return Object.fromEntries(
          Object.entries(before).map(([name, { units }]) => [name, { units, live: live?.[name] ?? 0 }]),
        );
      }, rooms);
    }),
    { numRuns: 2000 },
  );
});

test("wishes that fit as a whole are all served, in any order", () => {
  const shuffled = cases.chain(({ rooms, wishes }) =>
    fc.record({
      rooms: fc.constant(rooms),
      wishes: fc.shuffledSubarray(wishes, { minLength: wishes.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ rooms, wishes }) => {
      fc.pre(after(rooms, wishes) !== undefined);
      expect(served(rooms, wishes).flat().length).toBe(wishes.length);
    }),
    { numRuns: 3000 },
  );
});

test("no unserved wish could be served, alone or together with other unserved wishes", () => {
  fc.assert(
    fc.property(cases, ({ rooms, wishes }) => {
      const done = new Set(served(rooms, wishes).flat());
      const left = wishes.filter((_, at) => !done.has(at));
      const taken = wishes.filter((_, at) => done.has(at));
      const live = after(rooms, taken) ?? {};
      const now = Object.fromEntries(
        Object.entries(rooms).map(([name, { units }]) => [name, { units, live: live[name] ?? 0 }]),
      );
      for (let some = 1; some < 2 ** left.length; some++) {
        const more = left.filter((_, at) => (some >> at) & 1);
        expect(after(now, more)).toBeUndefined();
      }
    }),
    { numRuns: 1000 },
  );
});
