import { expect, test } from "vitest";
import { dayForms, typedDay } from "./typed-day";

test.each([
  ["d MMM yyyy", "Write a day as 28 Nov 2026 or 2026-11-28."],
  ["yyyy-MM-dd", "Write a day as 28 Nov 2026 or 2026-11-28."],
  ["MM/dd/yyyy", "Write a day as 11/28/2026, 28 Nov 2026 or 2026-11-28."],
] as const)("in %s: %s", (form, sentence) => expect(dayForms(form)).toBe(sentence));

test.each([
  ["28 Nov 2026", "2026-11-28"],
  ["28\u00A0Nov\u00A02026", "2026-11-28"],
  [" 28  november 2026 ", "2026-11-28"],
  ["28. Nov. 2026", "2026-11-28"],
  ["28-Nov-2026", "2026-11-28"],
  ["1 Sept 2026", "2026-09-01"],
  ["Nov 28, 2026", "2026-11-28"],
  ["November 28 2026", "2026-11-28"],
  ["2026-11-28", "2026-11-28"],
  ["29 Feb 2028", "2028-02-29"],
  ["1 Jan 0001", "0001-01-01"],
])("%j is the day %s", (text, day) => {
  expect(typedDay(text)).toBe(day);
});

test.each([
  "",
  "11/12/2026",
  "28.11.2026",
  "28 Nov 26",
  "28 Nov",
  "Nov 2026",
  "30 Feb 2026",
  "29 Feb 2027",
  "2026-02-30",
  "2026-11-28T00:00:00Z",
  "32 Jan 2026",
  "0 Jan 2026",
  "28 Dez 2026",
  "28 No 2026",
  "1 Jan 0000",
  "today",
])("%j is no day", (text) => {
  expect(typedDay(text)).toBeNull();
});
