import fc from "fast-check";
import { expect, test } from "vitest";
import { lifeKey, seatKey } from "./patch-state";

const text = (...units: string[]) => fc.string({ unit: fc.constantFrom(...units), maxLength: 3 });
const seats = fc.record({ allotment: text("a", "1", " ", "|"), index: text("a", "1") });
const lives = fc.record({
  seat: seats,
  source: text("a", "1", " ", "|", "\n"),
  created: fc.integer({ min: 0, max: 20 }).map((at) => new Date(at)),
});

test("different seats have different keys", () => {
  fc.assert(
    fc.property(seats, seats, (one, other) => {
      expect(seatKey(one) === seatKey(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
    { numRuns: 5000 },
  );
});

test("different assignments have different keys", () => {
  const keyOf = ({
    seat,
    ...life
  }: {
    seat: { allotment: string; index: string };
    source: string;
    created: Date;
  }) => lifeKey({ ...seat, ...life });
  fc.assert(
    fc.property(lives, lives, (one, other) => {
      expect(keyOf(one) === keyOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
    { numRuns: 5000 },
  );
});
