import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  addMonths,
  bookingDay,
  DAY,
  dayOf,
  daysInMonth,
  isFutureMonth,
  monthEnd,
  monthOf,
  monthStart,
  parseMonth,
} from "./month";

const moments = fc.date({
  min: new Date("0001-01-01T00:00:00.000Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});
const months = moments.map(monthOf);

test.each(["0001-01", "1969-12", "2018-06", "2024-02", "9999-12"])("%s is a month", (text) =>
  expect(parseMonth(text)).toBe(text),
);

test.each([
  "0000-01",
  "2018-00",
  "2018-13",
  "2018-6",
  "2018-06-01",
  "2018-06\n",
  " 2018-06",
  "18-06",
  "12018-06",
  "-2018-06",
  "2018/06",
  "٢٠١٨-٠٦",
  "",
  201806,
  null,
  undefined,
  {},
  ["2018-06"],
  new Date(0),
])("%j is no month", (text) => expect(parseMonth(text)).toBeNull());

describe("a month", () => {
  test("contains a moment exactly if it is the month of that moment", () => {
    fc.assert(
      fc.property(moments, months, (at, month) => {
        const holds = monthStart(month) <= at && at < monthEnd(month);
        expect(holds).toBe(monthOf(at) === month);
      }),
    );
  });

  test("ends where the next begins", () => {
    fc.assert(
      fc.property(months, (month) => {
        fc.pre(month !== "9999-12");
        expect(monthEnd(month)).toEqual(monthStart(addMonths(month, 1)));
      }),
    );
  });

  test("is reached again by going forward and back", () => {
    const here = fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(here.map(monthOf), fc.integer({ min: -1200, max: 1200 }), (month, count) => {
        expect(addMonths(addMonths(month, count), -count)).toBe(month);
      }),
    );
  });

  test("is always a valid month", () => {
    fc.assert(
      fc.property(months, fc.integer({ min: -200_000, max: 200_000 }), (month, count) => {
        const moved = addMonths(month, count);
        expect(parseMonth(moved)).toBe(moved);
      }),
    );
  });
});

test.each([
  ["2023-02", 28],
  ["2024-02", 29],
  ["1900-02", 28],
  ["2000-02", 29],
  ["2018-06", 30],
  ["2018-12", 31],
  ["0001-01", 31],
  ["9999-12", 31],
])("%s has %i days", (month, days) => expect(daysInMonth(month)).toBe(days));

test.each([
  ["2018-12", 1, "2019-01"],
  ["2018-01", -1, "2017-12"],
  ["2018-01", -13, "2016-12"],
  ["2018-06", 0, "2018-06"],
  ["0099-12", 1, "0100-01"],
  ["0001-01", -1, "0001-01"],
  ["9999-12", 1, "9999-12"],
])("%s and %i months is %s", (month, count, expected) => expect(addMonths(month, count)).toBe(expected));

test.each([
  ["2018-06-29T23:59:59.999Z", true],
  ["2018-06-30T00:00:00.000Z", false],
  ["2018-07-01T00:00:00.000Z", false],
  ["2019-01-01T00:00:00.000Z", false],
])("at %s it is %s that 2018-07 lies in the future", (now, future) =>
  expect(isFutureMonth("2018-07", new Date(now))).toBe(future),
);

test.each([
  ["2018-05-31T23:59:59.999Z", "2018-06-01"],
  ["2018-06-01T00:00:00.000Z", "2018-06-01"],
  ["2018-06-15T12:00:00.000Z", "2018-06-15"],
  ["2018-06-30T23:59:59.999Z", "2018-06-30"],
  ["2018-07-01T00:00:00.000Z", "2018-06-30"],
  ["2019-06-15T12:00:00.000Z", "2018-06-30"],
])("a report for 2018-06 that comes at %s is booked to %s", (now, day) =>
  expect(bookingDay("2018-06", new Date(now))).toBe(day),
);

test("a booking day always lies in its month", () => {
  fc.assert(
    fc.property(months, moments, (month, now) => {
      expect(bookingDay(month, now).slice(0, 7)).toBe(month);
    }),
  );
});

test("days are counted over months and leap days", () => {
  expect(addDays("2024-02-28", 2)).toBe("2024-03-01");
  expect(addDays("2018-01-01", -1)).toBe("2017-12-31");
  expect(dayOf(new Date(DAY))).toBe("1970-01-02");
});
