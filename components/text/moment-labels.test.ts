import { expect, test } from "vitest";
import { DEFAULT_STYLE } from "@/domain/dates/date-style";
import { ageText, momentLabel } from "./moment-labels";

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
  expect(momentLabel(AT, after(ms), DEFAULT_STYLE)).toBe(words);
});

test("a sentence names the zone of a time", () => {
  const dates = { ...DEFAULT_STYLE, zone: "Europe/Berlin" };
  expect(momentLabel(AT, after(-1), dates, true)).toBe("1\u00A0Sep\u00A02026, 01:03 Berlin");
  expect(momentLabel(AT, after(60_000), dates, true)).toBe("1 min ago");
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
