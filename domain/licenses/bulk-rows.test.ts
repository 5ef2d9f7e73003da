import { expect, test } from "vitest";
import { bulkColumnsOf, bulkSeparator } from "./bulk-columns";
import { type BulkRow, readBulkRow } from "./bulk-rows";
import { BUILT_IN_TEMPLATES } from "./license-template";

const NOW = new Date("2026-11-29T12:00:00Z");
const bank = {
  ...{ product: "QCS", period: null, trial: false, products: ["QSEfW", "QCS"], parameters: [] },
  allotments:
    BUILT_IN_TEMPLATES[1]?.template.allotments.map((one) => ({
      ...one,
      units: [{ count: 500, valid: "" }],
    })) ?? [],
};
const TERMS = {
  templates: [...BUILT_IN_TEMPLATES, { id: "1", name: "Bank", template: bank }],
  ...{ usualProduct: "QSEfW", now: NOW },
};

/** Reads one row below a row of headings. */
function read(headings: string, row: string): BulkRow {
  const columns = bulkColumnsOf(headings.split(";"));
  if (!columns) throw new Error("These headings name no customer.");
  return readBulkRow(row.split(";"), columns, TERMS);
}

function wordsOf(row: BulkRow): string {
  if (!("license" in row)) return row.why;
  const { customer, number, definition } = row.license;
  const { product, valid, trial, allotments } = definition;
  const units = allotments.map(
    ({ name, units: rows, overage }) => `${rows[0]?.count} ${name}${overage ? `+${overage}` : ""}`,
  );
  return [customer, number, product, ...units, valid, trial ? "trial" : undefined]
    .filter(Boolean)
    .join(" | ");
}

test.each([
  ["Customer;Professional", "Acme;10", "Acme | QSEfW | 10 professional | 2026-11-29/2027-11-28"],
  [
    "Kunde;Template;Professional;Analyzer seats",
    "Acme;professional + analyzer;10;",
    "Acme | QSEfW | 10 professional | 2026-11-29/2027-11-28",
  ],
  [
    "customer;template",
    "Acme;Trial",
    "Acme | QSEfW | 5 professional | 5 analyzer | 2026-11-29/2026-12-28 | trial",
  ],
  [
    "customer;template;trial",
    "Acme;Trial;no",
    "Acme | QSEfW | 5 professional | 5 analyzer | 2026-11-29/2026-12-28",
  ],
  [
    "customer;template;from",
    "Acme;Trial;2027-02-01",
    "Acme | QSEfW | 5 professional | 5 analyzer | 2027-02-01/2027-03-02 | trial",
  ],
  ["customer;template;overage", "Acme;bank;no cap", "Acme | QCS | 500 analyzer_time+YES"],
  [
    "customer;product;number;minutes;overage;from;until",
    "Acme;QV;1234 5678 1234 5678;6,000;600;2027-01-01;2027-12-31",
    "Acme | 1234567812345678 | QV | 6000 analyzer_time+600 | 2027-01-01/2027-12-31",
  ],
  ["customer;analyzer;until", "Acme;7;2026-12-31", "Acme | QSEfW | 7 analyzer | 2026-11-29/2026-12-31"],
  ["customer;analyzer;from", "Acme;7;1.3.2027", "Acme | QSEfW | 7 analyzer | 2027-03-01/2028-02-29"],
])("%s: the row %s is %s", (headings, row, words) => {
  expect(wordsOf(read(headings, row))).toBe(words);
});

test("the products of a template come along", () => {
  const row = read("customer;template", "Acme;Bank");
  expect("license" in row && row.license.products).toEqual(["QSEfW", "QCS"]);
});

test("notes come along, and any column of metadata under its name", () => {
  const row = read(
    "customer;analyzer;Contract no;contact;comments;meta:CRM id;metadata.Region;meta:constructor",
    "Acme;7;C-17;Ana Ruiz;Renews in May;4711;;ACME",
  );
  expect("license" in row && row.license.notes).toEqual({
    contractNumber: "C-17",
    contact: "Ana Ruiz",
    text: "Renews in May",
    metadata: { "CRM id": "4711", constructor: "ACME" },
  });
});

test.each([
  ["customer;analyzer", ";7", "The customer is missing."],
  [
    "customer;template",
    "Acme;Gold",
    "There is no template “Gold”. Use one of: Professional + Analyzer, Capacity, Trial, Bank.",
  ],
  ["customer;template", "Acme;Capacity", "It has no units. Fill in professional, analyzer or minutes."],
  ["customer;product", "Acme;QV", "It has no units. Fill in professional, analyzer or minutes."],
  ["customer;analyzer", "Acme;many", "The analyzer must be a whole number."],
  ["customer;analyzer", "Acme;1.5", "The analyzer must be a whole number."],
  ["customer;analyzer", "Acme;-1", "The analyzer must be a whole number."],
  ["customer;analyzer;overage", "Acme;7;100", "Only minutes can have overage, and this license has none."],
  [
    "customer;minutes;overage",
    "Acme;7;some",
    "The overage must be a whole number of minutes, “no cap” or “none”.",
  ],
  [
    "customer;analyzer;number",
    "Acme;7;1.23E+15",
    "The number must have 16 digits. Format the column as text, or leave it empty.",
  ],
  ["customer;analyzer;from", "Acme;7;1/2/2026", "A date can't be read. Write dates as 2026-12-31."],
  [
    "customer;analyzer;from;until",
    "Acme;7;2026-12-31;2026-01-01",
    "It ends on 2026-01-01, before it begins on 2026-12-31. Correct the dates.",
  ],
  ["customer;analyzer;trial", "Acme;7;maybe", "Write yes or no for a trial."],
])("%s: the row %s is refused: %s", (headings, row, why) => {
  expect(read(headings, row)).toEqual({ customer: row.split(";")[0], why });
});

test("columns are found by their headings in any order and with any separator; unknown and repeated ones are named", () => {
  expect(bulkColumnsOf(["Analyzer Seats", "Region", " KUNDE ", "minutes a month"])).toEqual({
    ...{ at: { analyzer: 0, customer: 2, minutes: 3 }, metadata: new Map() },
    ...{ unknown: ["Region"], repeated: [] },
  });
  expect(bulkColumnsOf(["customer", "notes", "meta:crm", " Comments", "metadata.crm", "", ""])).toEqual({
    ...{ at: { customer: 0, notes: 1 }, metadata: new Map([["crm", 2]]), unknown: [] },
    repeated: ["Comments", "metadata.crm"],
  });
  expect(bulkColumnsOf(["professional", "analyzer"])).toBeNull();
  expect(bulkSeparator("customer;professional,analyzer;until")).toBe(";");
});
