import { expect, test } from "vitest";
import { subjectFragmentKey } from "@/domain/assignments/subject";
import { nameKey } from "@/domain/licenses/definition";
import { type FilterAttribute, meetsFilter, readScimFilter } from "./scim-filter";

const fold = (text: string) => subjectFragmentKey(text, "folded");
const ATTRIBUTES: Record<"subject" | "type" | "created" | "excess", FilterAttribute> = {
  subject: { kind: "text", keyOf: fold },
  type: { kind: "text", keyOf: nameKey },
  created: { kind: "time" },
  excess: { kind: "boolean" },
};

const row = (subject: string, type: string, created: string, excess = false) => ({
  subject,
  values: { subject: fold(subject), type, created: Date.parse(created), excess },
});
const ROWS = [
  row("ACME\\bob", "analyzer", "2026-08-24T10:00:00Z"),
  row("acme\\eve", "professional", "2026-08-25T10:00:00Z", true),
  row("acme\\\\bob", "analyzer", "2026-08-26T10:00:00Z"),
  row('o"hara', "analyzer", "2026-08-27T10:00:00Z"),
  row("Łódź 100% Straße", "analyzer", "2026-08-28T10:00:00Z"),
  row("auth0|9", "professional", "2026-08-29T10:00:00Z"),
];
const [BOB, EVE, TWICE, OHARA, LODZ, AUTH] = ROWS.map(({ subject }) => subject);

function found(filter: string) {
  const condition = readScimFilter(filter, ATTRIBUTES);
  return ROWS.filter(({ values }) => meetsFilter(condition, (name) => values[name])).map(
    ({ subject }) => subject,
  );
}

test.each([
  // Operators, in any case
  [String.raw`subject eq "ACME\\bob"`, [BOB]],
  [String.raw`SUBJECT Eq "acme\\BOB"`, [BOB]],
  [String.raw`subject ne "acme\\bob"`, [EVE, TWICE, OHARA, LODZ, AUTH]],
  ['subject co "BO"', [BOB, TWICE]],
  ['subject sw "acme"', [BOB, EVE, TWICE]],
  ['subject ew "eve"', [EVE]],
  ['subject gt "auth"', [OHARA, LODZ, AUTH]],
  ['subject ge "auth0|9"', [OHARA, LODZ, AUTH]],
  ['subject lt "acme"', []],
  [String.raw`subject le "acme\\bob"`, [BOB, TWICE]],
  ["subject pr", ROWS.map(({ subject }) => subject)],
  ['type eq "Professional"', [EVE, AUTH]],
  ["excess eq true", [EVE]],
  ["excess ne true", [BOB, TWICE, OHARA, LODZ, AUTH]],
  ['created gt "2026-08-28T10:00:00Z"', [AUTH]],
  ['created ge "2026-08-28T12:00:00+02:00"', [LODZ, AUTH]],
  ['created lt "2026-08-24T10:00:00.001Z"', [BOB]],
  ['created eq "2026-08-25T10:00:00.000000Z"', [EVE]],
  // Literals as in JSON, and backslashes that aren't doubled
  [String.raw`subject eq "acme\\\\bob"`, [TWICE]],
  [String.raw`subject eq "acme\bob"`, [BOB]],
  [String.raw`subject eq "acme\eve"`, [EVE]],
  [String.raw`subject sw "acme\\"`, [BOB, EVE, TWICE]],
  [String.raw`subject eq "o\"hara"`, [OHARA]],
  [String.raw`subject eq "\u0141\u00f3d\u017a 100% Stra\u00dfe"`, [LODZ]],
  ['subject eq "łódź 100% STRASSE"', [LODZ]],
  ['subject co "100%"', [LODZ]],
  ['subject co " 100"', [LODZ]],
  ['subject eq "0"', []],
  // Precedence: not, and, or
  ['type eq "professional" and excess eq true or subject sw "o"', [EVE, OHARA]],
  ['subject sw "o" or type eq "professional" and excess eq true', [EVE, OHARA]],
  ['(subject sw "o" or type eq "professional") and excess eq true', [EVE]],
  ['not (type eq "analyzer" and excess eq false)', [EVE, AUTH]],
  ['not (type eq "analyzer") and excess eq false', [AUTH]],
  ['type eq "analyzer" AND NOT (subject co "bob")', [OHARA, LODZ]],
  ['subject eq "or" or subject eq ")"', []],
])("%s", (filter, subjects) => expect(found(filter)).toEqual(subjects));

test.each([
  ["", /can't be read/],
  ["subject", /can't be read/],
  ['subject eq "bob', /can't be read/],
  ["subject eq bob", /can't be read/],
  ["(".repeat(3900), /can't be read/],
  ['subject is "bob"', /can't be read/],
  ['subject eq "bob" and', /can't be read/],
  ['(subject eq "bob"', /can't be read/],
  ['subject eq "bob" type eq "analyzer"', /can't be read/],
  ['subject[value eq "bob"]', /brackets/],
  ['email eq "bob"', /^email can't be filtered. Use subject, type, created, or excess.$/],
  ["email pr", /can't be filtered/],
  ["subject eq 7", /write a text in double quotes/],
  ["subject eq null", /write a text/],
  ['excess eq "true"', /write true or false, without quotes/],
  ["excess gt true", /^excess can't be compared by gt. Use eq or ne.$/],
  ['created co "2026"', /can't be compared by co/],
  ['created gt "yesterday"', /write a time/],
  [`subject eq "${"x".repeat(4000)}"`, /at most 4000/],
])("%s is refused", (filter, sentence) => {
  const refusal = expect.objectContaining({ code: "INVALID_QUERY", detail: expect.stringMatching(sentence) });
  expect(() => found(filter)).toThrow(refusal);
});
