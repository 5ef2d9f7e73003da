import { expect, test } from "vitest";
import { ageText, clockIn, dayIn, exactlyIn, momentIn, zoneText } from "./moment-labels";

const AT = new Date("2026-08-31T23:03:07.500Z");
const after = (ms: number) => new Date(AT.getTime() + ms);

test.each([
  [0, "just now"],
  [59_999, "just now"],
  [60_000, "1 min ago"],
  [3_600_000, "1 h ago"],
  [6 * 86_400_000, "6 d ago"],
  [7 * 86_400_000, "31\u00A0Aug\u00A02026, 23:03"],
  [-1, "31\u00A0Aug\u00A02026, 23:03"],
])("%i ms later it is %s", (ms, words) => {
  expect(momentIn(AT, after(ms), "UTC")).toBe(words);
});

test("another zone has its own day and hour; midnight is 00", () => {
  expect(momentIn(AT, after(-1), "Europe/Berlin")).toBe("1\u00A0Sep\u00A02026, 01:03");
  expect(momentIn(AT, after(-1), "Atlantic/Azores")).toBe("31\u00A0Aug\u00A02026, 23:03");
  expect(momentIn(AT, after(-1), "Europe/London")).toBe("1\u00A0Sep\u00A02026, 00:03");
  expect(exactlyIn(AT, "Europe/London")).toBe("2026-09-01 00:03:07");
  expect(dayIn(AT, "America/New_York")).toBe("31\u00A0Aug\u00A02026");
  expect(zoneText("America/New_York")).toBe("New York");
});

test.each([
  [0, "less than a minute old"],
  [60_000, "1 minute old"],
  [6 * 60_000 + 59_999, "6 minutes old"],
  [3_600_000, "1 hour old"],
  [50 * 3_600_000, "2 days old"],
])("what was read %i ms ago is %s", (ms, words) => {
  expect(ageText(ms)).toBe(words);
});

test("a clock has no day", () => {
  expect(clockIn(AT, "Europe/Berlin")).toBe("01:03");
});
