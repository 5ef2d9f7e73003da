import { expect, test } from "vitest";
import {
  DATE_FORMS,
  type DateForm,
  dateFormsSentence,
  formatDate,
  formatLongDate,
  formatShortDate,
  parseDate,
} from "./date-form";

test.each<[DateForm, string, string, string]>([
  ["d MMM yyyy", "3 Aug 2026", "3 Aug", "3 August"],
  ["yyyy-MM-dd", "2026-08-03", "08-03", "08-03"],
  ["dd/MM/yyyy", "03/08/2026", "03/08", "03/08"],
  ["MM/dd/yyyy", "08/03/2026", "08/03", "08/03"],
  ["dd.MM.yyyy", "03.08.2026", "03.08", "03.08"],
])("%s writes %s, %s and %s", (form, whole, short, long) => {
  expect(formatDate("2026-08-03", form)).toBe(whole);
  expect(formatShortDate("2026-08-03", form)).toBe(short);
  expect(formatLongDate("2026-08-03", form)).toBe(long);
});

const EDGES = ["0001-01-01", "2024-02-29", "2026-05-31", "2026-12-31", "2027-01-01", "9999-12-31"];
test.each(DATE_FORMS.flatMap((form) => EDGES.map((date) => [form, date] as const)))(
  "in %s, %s is read as it was written",
  (form, date) => expect(parseDate(formatDate(date, form), form)).toBe(date),
);

test.each<[DateForm, string, string | null]>([
  ["d MMM yyyy", " 3\u00A0august 2026 ", "2026-08-03"],
  ["d MMM yyyy", "03 Sept. 2026", "2026-09-03"],
  ["d MMM yyyy", "3 Ju 2026", null],
  ["d MMM yyyy", "3 8 2026", null],
  ["d MMM yyyy", "31 Feb 2026", null],
  ["d MMM yyyy", "29 Feb 2025", null],
  ["dd/MM/yyyy", "3/8/2026", "2026-08-03"],
  ["dd/MM/yyyy", "13/08/2026", "2026-08-13"],
  ["dd/MM/yyyy", "08/13/2026", null],
  ["MM/dd/yyyy", "08/13/2026", "2026-08-13"],
  ["MM/dd/yyyy", "13/08/2026", null],
  ["MM/dd/yyyy", "8/3/26", null],
  ["dd.MM.yyyy", "3. 8. 2026", "2026-08-03"],
  ["dd.MM.yyyy", "03.08.", null],
  ["dd.MM.yyyy", "00.08.2026", null],
  ["yyyy-MM-dd", "2026-8-3", "2026-08-03"],
  ["yyyy-MM-dd", "0000-01-01", null],
  ["yyyy-MM-dd", "2026-08-03T00:00:00Z", null],
  ["yyyy-MM-dd", "", null],
])("in %s, %j is %s", (form, text, date) => expect(parseDate(text, form)).toBe(date));

test.each(DATE_FORMS)("ISO 8601 is understood in %s", (form) => {
  expect(parseDate("2026-08-03", form)).toBe("2026-08-03");
});

test.each([
  ["d MMM yyyy", "Write a day as 28 Nov 2026 or 2026-11-28."],
  ["yyyy-MM-dd", "Write a day as 28 Nov 2026 or 2026-11-28."],
  ["MM/dd/yyyy", "Write a day as 11/28/2026, 28 Nov 2026 or 2026-11-28."],
] as const)("in %s: %s", (form, sentence) => expect(dateFormsSentence(form)).toBe(sentence));

const IN_WORDS = [
  ["28 Nov 2026", "2026-11-28"],
  ["28\u00A0Nov\u00A02026", "2026-11-28"],
  [" 28  november 2026 ", "2026-11-28"],
  ["28. Nov. 2026", "2026-11-28"],
  ["28-Nov-2026", "2026-11-28"],
  ["1 Sept 2026", "2026-09-01"],
  ["Nov 28, 2026", "2026-11-28"],
  ["November 28 2026", "2026-11-28"],
  ["29 Feb 2028", "2028-02-29"],
  ["1 Jan 0001", "0001-01-01"],
] as const;
test.each(DATE_FORMS.flatMap((form) => IN_WORDS.map(([text, date]) => [form, text, date] as const)))(
  "in %s, %j is %s",
  (form, text, date) => expect(parseDate(text, form)).toBe(date),
);

test.each([
  ...["", "11/12/2026", "28.11.2026", "28 Nov 26", "28 Nov", "Nov 2026", "30 Feb 2026", "29 Feb 2027"],
  ...[
    "2026-02-30",
    "32 Jan 2026",
    "0 Jan 2026",
    "28 Dez 2026",
    "28 No 2026",
    "1 Jan 0000",
    "Nov 282026",
    "today",
  ],
])("%j is no day in the form with months in words", (text) => {
  expect(parseDate(text, "d MMM yyyy")).toBeNull();
});
