import { expect, test } from "vitest";
import {
  DATE_FORMS,
  type DateForm,
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
