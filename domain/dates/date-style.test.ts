import { expect, test } from "vitest";
import {
  clockText,
  type DateStyle,
  DEFAULT_STYLE,
  dateText,
  dayText,
  exactText,
  longDateText,
  momentText,
  readStyle,
  secondsText,
  shortDateText,
  zonedText,
} from "./date-style";

const AT = new Date("2026-08-31T23:03:07.500Z");
const berlin: DateStyle = { zone: "Europe/Berlin", dateForm: "dd.MM.yyyy", clock: "24h" };
const american: DateStyle = { zone: "America/New_York", dateForm: "MM/dd/yyyy", clock: "12h" };
const breakable = (text: string) => text.replaceAll("\u00A0", " ");
const unknown: DateStyle = { ...DEFAULT_STYLE, zone: "Mars/Base" };

test.each<[DateStyle, string, string, string]>([
  [DEFAULT_STYLE, "31 Aug 2026, 23:03", "31 Aug 2026, 23:03 UTC", "31 Aug 2026, 23:03:07 UTC"],
  [berlin, "01.09.2026, 01:03", "01.09.2026, 01:03 Berlin", "01.09.2026, 01:03:07 Berlin (UTC+2)"],
  [
    american,
    "08/31/2026, 7:03 pm",
    "08/31/2026, 7:03 pm New York",
    "08/31/2026, 7:03:07 pm New York (UTC\u22124)",
  ],
  [unknown, "31 Aug 2026, 23:03", "31 Aug 2026, 23:03 UTC", "31 Aug 2026, 23:03:07 UTC"],
])("in %j a moment is %s, %s and %s", (style, moment, zoned, exact) => {
  const texts = [momentText(AT, style), zonedText(AT, style), exactText(AT, style)];
  expect(texts.map(breakable)).toEqual([moment, zoned, exact]);
});

test("a moment has the day of the zone, a calendar date is the same everywhere", () => {
  expect(dayText(AT, berlin)).toBe("01.09.2026");
  expect(dateText(AT, berlin)).toBe("31.08.2026");
  expect(dateText("2026-08-31", american)).toBe("08/31/2026");
  expect(shortDateText("2026-08-31", DEFAULT_STYLE)).toBe("31\u00A0Aug");
  expect(longDateText(AT, DEFAULT_STYLE)).toBe("31 August");
});

test.each([
  ["2026-08-31T00:00:00Z", "00:00", "12:00\u00A0am"],
  ["2026-08-31T11:59:00Z", "11:59", "11:59\u00A0am"],
  ["2026-08-31T12:00:00Z", "12:00", "12:00\u00A0pm"],
  ["2026-08-31T23:09:00Z", "23:09", "11:09\u00A0pm"],
])("%s is %s on a clock of 24 hours, %s on one of 12", (at, day, half) => {
  expect(clockText(new Date(at), DEFAULT_STYLE)).toBe(day);
  expect(clockText(new Date(at), { ...DEFAULT_STYLE, clock: "12h" })).toBe(half);
});

test("both times of a clock that is put back are told apart", () => {
  const [first, second] = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"].map((at) => new Date(at)) as [
    Date,
    Date,
  ];
  expect(secondsText(first, berlin)).toBe(secondsText(second, berlin));
  expect([exactText(first, berlin), exactText(second, berlin)]).toEqual([
    "25.10.2026, 02:30:00 Berlin (UTC+2)",
    "25.10.2026, 02:30:00 Berlin (UTC+1)",
  ]);
});

test.each([
  [{ zone: null, dateForm: null, clock: null }, DEFAULT_STYLE],
  [{ zone: "Mars/Base", dateForm: "yy/m", clock: "13h" }, DEFAULT_STYLE],
  [{ zone: "Europe/Berlin", dateForm: "dd.MM.yyyy", clock: "24h" }, berlin],
  [{ zone: "America/New_York", dateForm: "MM/dd/yyyy", clock: "12h" }, american],
])("%j is read as %j", (stored, style) => expect(readStyle(stored)).toEqual(style));
