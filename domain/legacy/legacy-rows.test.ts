import { expect, test } from "vitest";
import { legacyColumnsOf, legacySeparator } from "./legacy-columns";
import { readLegacyRow } from "./legacy-rows";

test.each([
  ["number,control,customer", { number: 0, control: 1, customer: 2 }],
  ["Customer Name,Control No.,Serial number,Product level", { customer: 0, control: 1, number: 2, level: 3 }],
  ["Kunde,Seriennummer,Kontrollnummer,Gültig bis", { customer: 0, number: 1, control: 2, until: 3 }],
  ["serial,serial number,control,notes", { number: 0, control: 2 }],
  ["number,customer", null],
  ["9999000000000042,AB12CD34,Acme", null],
])("the columns of %j are %j", (head, columns) => expect(legacyColumnsOf(head.split(","))).toEqual(columns));

test.each([
  ["number,control", ","],
  ["number;control;customer", ";"],
  ["serial\tcontrol no", "\t"],
])("%j has the separator %j", (head, separator) => expect(legacySeparator(head)).toBe(separator));

const HEAD = "number,control,customer,product,level,professional,analyzer,from,until,maintenance".split(",");
const COLUMNS = legacyColumnsOf(HEAD) ?? {};
const read = (row: string) => readLegacyRow(row.split(","), COLUMNS);

test("a row is read as a license with all its cells", () => {
  expect(
    read(
      "9999 0000 0000 0042,12-34,Acme,,30,5,10,2026-01-01,31.12.2026,2027-1-5".replace(
        "2027-1-5",
        "05.01.2027",
      ),
    ),
  ).toEqual({
    license: {
      number: "9999000000000042",
      control: "12-34",
      customer: "Acme",
      definition: {
        product: "QV",
        valid: "2026-01-01/2026-12-31",
        trial: false,
        allotments: [
          expect.objectContaining({ name: "professional" }),
          expect.objectContaining({ name: "analyzer" }),
        ],
        parameters: [{ name: "maintenance", valid: "./2027-01-05", values: { level: "30" } }],
      },
    },
  });
  expect(read("9999000000000042,1234,Acme")).toMatchObject({
    license: { definition: { product: "QSEfW", valid: "", allotments: [], parameters: [] } },
  });
});

test.each([
  ["42,1234,Acme", "The serial number must have 16 digits. Format the column as text."],
  ["1E+15,1234,Acme", "The serial number must have 16 digits. Format the column as text."],
  ["9999000000000042,1,Acme", "A control number needs at least 4 characters."],
  ["9999000000000042,1234,", "The customer is missing."],
  ["9999000000000042,1234,Acme,,99", "The level 99 is unknown. Use 3, 10, 30 or 50, or leave it out."],
  ["9999000000000042,1234,Acme,,,x", "The number of professional seats must be a whole number."],
  [
    "9999000000000042,1234,Acme,,,,,2026-02-01,2026-01-01",
    "It ends on 2026-01-01, before it begins on 2026-02-01. Correct the dates.",
  ],
  ["9999000000000042,1234,Acme,,,,,,12/31/2026", "A date can't be read. Write dates as 2026-12-31."],
])("%j is refused", (row, why) => expect(read(row)).toMatchObject({ why }));
