import fc from "fast-check";
import { expect, test } from "vitest";
import type { Definition } from "@/domain/licenses/definition";
import { definitionVersion } from "@/domain/licenses/definition-version";
import { Refusal } from "@/domain/refusals/refusal";
import { checkCode, checkOf, parseLef, printLef, refuseOtherSerial } from "./lef";
import { readLef } from "./lef-reading";
import { writeLef } from "./lef-writing";

const SERIAL = "9999000000000042";
const FOREIGN = [
  SERIAL,
  "PURPOSE;Demo professional/analyzer key;;",
  "PRODUCTLEVEL;50;;2020-01-31",
  "TIMELIMIT;;;2020-01-31",
  "OVERAGE;NO;;",
  "PROFESSIONAL;100;;",
  "ANALYZER;100;;",
  "GEOCODING;1000000;2018-12-31;2020-01-31",
  "WEBCONNECTORS;YES;;",
  "TOKENS;200;;",
  "IGNORE_TOKENS;YES;;",
  "X-NEW;a,b;soon;",
  "AB2C-DE3F-GH4J-KL5M-NP6Q",
];

const refusalOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.detail];
    throw error;
  }
  return null;
};

test("a file of another system is kept line by line, and read as far as it is known", () => {
  const text = `${FOREIGN.join("\n")}\n`;
  expect(printLef(parseLef(text))).toBe(text);
  expect(printLef(parseLef(FOREIGN.join("  \r\n")))).toBe(text);
  const { serial, definition, check, lines } = readLef(text);
  expect([serial, check]).toEqual([SERIAL, "foreign"]);
  expect(definition).toEqual({
    product: "QSEfW",
    valid: "./2020-01-31",
    trial: false,
    allotments: [seatsOf("professional", 100), seatsOf("analyzer", 100)],
    parameters: [
      { name: "PURPOSE", valid: "", values: { value: "Demo professional/analyzer key" } },
      { name: "maintenance", valid: "./2020-01-31", values: { level: "50" } },
      { name: "GEOCODING", valid: "2018-12-31/2020-01-31", values: { value: "1000000" } },
      { name: "WEBCONNECTORS", valid: "", values: { value: "YES" } },
      { name: "X-NEW", valid: "", values: { value: "a,b", from: "soon", to: "" } },
    ],
  });
  expect(lines.map(({ line, meaning }) => `${line} ${meaning}`)).toEqual([
    ...["1 understood", "2 understood", "3 understood", "4 understood", "5 understood", "6 understood"],
    ...["7 understood", "8 understood", "9 understood", "10 dropped", "11 dropped", "12 kept", "13 kept"],
  ]);
  expect(lines[2]?.note).toBe(
    "Product QSEfW. Maintenance until 2020-01-31: products keep working after that date.",
  );
  expect(lines[12]?.note).toBe("Check code from another issuer: it can't be verified here.");
});

const cut = (lines: number) => FOREIGN.slice(0, lines).join("\n");
test.each([
  ["", "Line 1: The first line of a LEF is the serial number: 16 digits. Copy the file from there."],
  [
    cut(1),
    "Line 1: The file was cut off after the serial number. Copy the whole file, including its last line.",
  ],
  [
    `${cut(3)}\nTIMELIM`,
    "Line 4: It isn't ATTRIBUTE;VALUE;VALIDFROM;VALIDTO. The file was cut off or changed: copy the whole file.",
  ],
  [
    `${cut(3)}\n1234 5678 1234 5678`,
    "Line 4: A second serial number. A LEF is for one license: split the file.",
  ],
  [
    `${FOREIGN.join("\n")}\nPURPOSE;x;;`,
    "Line 13: The check code isn't on the last line. Remove the lines after it.",
  ],
  [`${cut(2)}\n\nTOKENS;1;;`, "Line 3: It is empty. Remove empty lines."],
  [
    `${SERIAL}\nA;b\u200b;;`,
    "Line 2: It contains an invisible character. Copy the file again as plain text.",
  ],
  [
    `\uFEFF${cut(2)}`,
    "Line 1: The first line of a LEF is the serial number: 16 digits. Copy the file from there.",
  ],
  [
    `${SERIAL}\nTIMELIMIT;;2020-02-01;2020-01-31`,
    "Line 2: It ends on 2020-01-31, before it begins on 2020-02-01. Correct the dates.",
  ],
  [
    `${SERIAL}\nOTHER;;2020-02-01;2020-01-31`,
    "Line 2: It ends on 2020-01-31, before it begins on 2020-02-01. Correct the dates.",
  ],
  [`${SERIAL}\nTIMELIMIT;;;31.01.2020`, "Line 2: A date can't be read. Write dates as 2026-12-31."],
  [
    `${SERIAL}\nTIMELIMIT;;;2020-01-31\nTIMELIMIT;;;2021-01-31`,
    "Line 3: A second TIMELIMIT. Keep only the right one.",
  ],
  [`${SERIAL}\nANALYZER;many;;`, "Line 2: ANALYZER must be a whole number of seats, at most 1,000,000,000."],
  [`${SERIAL}\nOVERAGE;some;;`, "Line 2: OVERAGE must be NO, YES or a whole number, at most 1,000,000,000."],
])("%j isn't a LEF", (text, why) => expect(refusalOf(() => readLef(text))).toEqual(["INVALID_LEF", why]));

test("a file of another license is refused", () => {
  const lef = parseLef(cut(3));
  expect(refusalOf(() => refuseOtherSerial(lef, "1111222233334444"))).toEqual([
    "INVALID_LEF",
    `Line 1: This LEF is for the license ${SERIAL}, not for 1111222233334444. Choose the right file.`,
  ]);
  expect(() => refuseOtherSerial(lef, SERIAL)).not.toThrow();
});

test("the parts that the older form can't express are named", () => {
  const { lef, omitted } = writeLef(SERIAL, {
    product: "QSEfW",
    valid: "2026-01-01/.",
    trial: true,
    allotments: [
      seatsOf("Professional", 7),
      { ...seatsOf("analyzer_time", 100), usage: { class: "time", minimum: 6 } },
      { ...seatsOf("analyzer", 3), products: ["QV"] },
      seatsOf("other", 1),
    ],
    parameters: [
      { name: "GEO", valid: "./2030-12-31" },
      { name: "theme", valid: "", values: { value: "dark" } },
      { name: "NESTED", valid: "", values: { deep: {} } },
      { name: "TOKENS", valid: "", values: { value: "5" } },
    ],
  });
  expect(lef.split("\n").slice(0, -2)).toEqual([
    SERIAL,
    "ISSUER;signet;;",
    "PRODUCTLEVEL;50;;",
    "TIMELIMIT;;2026-01-01;",
    "OVERAGE;NO;;",
    "PROFESSIONAL;7;;",
    "GEO;;;2030-12-31",
  ]);
  expect(omitted).toEqual(["analyzer", "analyzer_time", "other", "theme", "NESTED", "TOKENS", "trial"]);
  expect(writeLef(SERIAL, { ...EMPTY, product: "QSEfE" }).omitted).toEqual(["product"]);
});

const day = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const validity = fc.tuple(fc.option(day, { nil: "" }), fc.option(day, { nil: "" })).map(([a, b]) => {
  const [first, last] = a && b && b < a ? [b, a] : [a, b];
  return first === "" && last === "" ? "" : `${first || "."}/${last || "."}`;
});
const field = fc
  .string({ unit: fc.constantFrom(..."abcXYZ019 _-,/äß"), minLength: 1, maxLength: 20 })
  .map((text) => text.trim() || "x");
const unit = fc.record({ count: fc.integer({ min: 0, max: 1e9 }), valid: validity });
const allotment = (name: string) =>
  fc.array(unit, { minLength: 1, maxLength: 4 }).map((units) => ({ ...seatsOf(name, 0), units }));
const parameter = fc
  .record({
    name: fc.stringMatching(/^(GEO|X)[A-Z0-9_]{0,8}$/),
    valid: validity,
    value: fc.option(field, { nil: "" }),
  })
  .map(({ name, valid, value }) => ({ name, valid, ...(value === "" ? {} : { values: { value } }) }));
const definitions: fc.Arbitrary<Definition> = fc.record({
  product: fc.constantFrom("QV", "QSEfW"),
  valid: validity,
  trial: fc.constant(false),
  allotments: fc
    .tuple(fc.option(allotment("professional")), fc.option(allotment("analyzer")))
    .map((allotments) => allotments.filter((each) => each !== null)),
  parameters: fc.array(parameter, { maxLength: 6 }),
});

test("a definition written as a LEF is read back unchanged", () => {
  fc.assert(
    fc.property(definitions, (definition) => {
      const { lef, omitted } = writeLef(SERIAL, definition);
      const read = readLef(lef);
      expect([omitted, read.check, read.serial]).toEqual([[], "ok", SERIAL]);
      expect(definitionVersion(read.definition)).toBe(definitionVersion(definition));
    }),
    { numRuns: 300 },
  );
});

const attributes = [
  "PRODUCTLEVEL;10",
  "PRODUCTLEVEL;3",
  "PROFESSIONAL;5",
  "ANALYZER;1",
  "OVERAGE;YES",
  "GEOX;a",
  "FOO;b",
  "PURPOSE;c d",
];
const known = fc.tuple(fc.constantFrom(...attributes), validity).map(([attribute, valid]) => {
  const [first = "", last = ""] =
    valid === "" ? [] : valid.split("/").map((text) => (text === "." ? "" : text));
  return `${attribute};${first};${last}`;
});

test("a LEF read as a definition is written back with all its content", () => {
  fc.assert(
    fc.property(fc.array(known, { minLength: 1, maxLength: 12 }), (lines) => {
      const text = [SERIAL, ...lines].join("\n");
      const first = readLef(text);
      const again = readLef(writeLef(SERIAL, first.definition).lef);
      const levels = lines.filter((line) => line.startsWith("PRODUCTLEVEL"));
      if (levels.length > 0 || first.definition.parameters.length === 0)
        expect(again.definition.product).toBe(first.definition.product);
      expect({ ...again.definition, parameters: sorted(again.definition) }).toEqual({
        ...first.definition,
        allotments: again.definition.allotments,
        parameters: sorted(first.definition),
      });
      expect(sorted({ parameters: first.definition.allotments })).toEqual(
        sorted({ parameters: again.definition.allotments }),
      );
    }),
    { numRuns: 300 },
  );
});

test("a LEF of ours that is cut or edited anywhere is refused", () => {
  const { lef } = writeLef(SERIAL, readLef(FOREIGN.join("\n")).definition);
  for (let length = 0; length < lef.length - 1; length++)
    expect(refusalOf(() => readLef(lef.slice(0, length)))?.[0], lef.slice(0, length)).toMatch(
      /^(INVALID_LEF|LEF_CHECK_FAILED)$/,
    );
  const edit = fc.tuple(fc.nat(lef.length - 2), fc.constantFrom(..."0123456789AZaz;-x"));
  fc.assert(
    fc.property(edit, ([at, character]) => {
      const edited = lef.slice(0, at) + character + lef.slice(at + 1);
      const same = printLef(parseLef(lef));
      const refusal = refusalOf(() => readLef(edited));
      if (edited.toUpperCase() === same.toUpperCase()) return;
      // The issuer line can be edited away: then the file counts as one of another issuer, and says so.
      if (refusal === null) expect(readLef(edited).check).toBe("foreign");
      else expect(refusal[0]).toMatch(/^(INVALID_LEF|LEF_CHECK_FAILED)$/);
    }),
    { numRuns: 500 },
  );
});

test("no text breaks the parser, and what it reads is printed unchanged", () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      ...FOREIGN,
      "ISSUER;signet;;",
      "",
      " ",
      "\r\n",
      "\n",
      ";;;",
      "TIMELIMIT;;9999-99-99;",
      "A;\u0000;;",
      "\uFEFF",
    ),
    fc.string({ unit: "binary", maxLength: 30 }),
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join("\n")),
    fc
      .array(fc.constantFrom(...FOREIGN.slice(1)), { maxLength: 30 })
      .map((lines) => [SERIAL, ...lines].join("\n")),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const refusal = refusalOf(() => readLef(text));
      expect(refusal?.[0] ?? "INVALID_LEF").toMatch(/^(INVALID_LEF|LEF_CHECK_FAILED)$/);
      if (refusal) return;
      const printed = printLef(parseLef(text));
      expect(printLef(parseLef(printed))).toBe(printed);
      expect(checkOf(parseLef(printed))).toBe(readLef(text).check);
    }),
    { numRuns: 2000 },
  );
});

test("the check code covers the lines before it, each with its line feed", () => {
  expect(checkCode(parseLef(`${SERIAL}\nISSUER;signet;;\n`))).toBe("JM9A-LF2X-KI7D-5WB7-LZNX");
});

const EMPTY: Definition = { product: "QSEfW", valid: "", trial: false, allotments: [], parameters: [] };

function seatsOf(name: string, count: number) {
  return {
    name,
    usage: { class: "assigned" as const, minimum: 1 },
    provisions: [{ accessType: name }],
    units: [{ count, valid: "" }],
  };
}

function sorted({ parameters }: { parameters: object[] }): string[] {
  return parameters.map((each) => JSON.stringify(each)).sort();
}
