import { expect, test } from "vitest";
import { seatDays } from "./seat-days";

test("seats that didn't change were held all the time", () => {
  expect(seatDays(4, [], "2026-08-24", 3)).toEqual({ days: [4, 4, 4], most: 4 });
});

test("days are counted back from the seats held now, and the maximum may lie within a day", () => {
  const moves = [
    { day: "2026-08-21", peak: 2, end: 2 },
    { day: "2026-08-23", peak: 7, end: 1 },
  ];
  expect(seatDays(10, moves, "2026-08-24", 5)).toEqual({ days: [9, 11, 11, 10, 10], most: 16 });
});

test("with releases only, the maximum is what was held at first", () => {
  expect(seatDays(1, [{ day: "2026-08-24", peak: -1, end: -3 }], "2026-08-24", 2)).toEqual({
    days: [4, 1],
    most: 4,
  });
});
