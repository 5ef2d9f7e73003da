import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isSubjectHash, keyBytes, type LogKind, lineHash, logText, subjectHash } from "./offline-log";
import { damageText, isHeaderProven, linkDamage, readHeader, readLine } from "./offline-log-check";

const KEY = keyBytes("6b6579206f66206f6e6520636865636b6f75742c2033322062797465732121");
const HEADER = {
  log: "0190b0a0-0000-7000-8000-000000000001",
  license: "9999000000001253",
  checkout: "0190b0a0-0000-7000-8000-000000000002",
  source: "site",
  userAgent: "Licenses/1.6.4 (windows) QSEfW",
  created: "2026-03-10T08:00:00.000Z",
};
const AT = "2026-03-10T09:00:00.000Z";

function log(kind: LogKind, lines: readonly object[]): string[] {
  return logText(KEY, { kind, ...HEADER }, lines)
    .trimEnd()
    .split("\n");
}

function damageOf(texts: readonly string[], key = KEY) {
  const { part: header, damage } = readHeader(texts[0] ?? "");
  if (!header) return damage;
  if (!isHeaderProven(key, header)) return { line: 0, reason: "header" };
  let before = { sequence: 0, hash: header.hash };
  for (const [i, text] of texts.slice(1).entries()) {
    const read = readLine(text, header.kind, i + 1);
    const found = read.damage ?? linkDamage(key, before, read.part, i + 1);
    if (found) return found;
    if (read.part) before = read.part;
  }
  return null;
}

const minutes = (count: number) => ({ at: AT, allotment: "analyzer_time", month: "2026-03", minutes: count });
const add = (subject: string) => ({
  at: AT,
  instance: "",
  version: 0,
  allotment: "analyzer",
  subject,
  created: AT,
});
const HASH = subjectHash(keyBytes("73616c74"), "acme\\bob", "folded");

test("a hash covers the hash before it and the members sorted by name, whatever order they come in", () => {
  expect(lineHash(KEY, "", { b: 1, a: { d: [1, "x"], c: null } })).toBe(
    lineHash(KEY, "", { a: { c: null, d: [1, "x"] }, b: 1, hash: "not covered" }),
  );
  expect(lineHash(KEY, "00", { a: 1 })).not.toBe(lineHash(KEY, "", { a: 1 }));
  // Computed with another program.
  expect(lineHash(Buffer.from("key"), "", { sequence: 1, minutes: 6 })).toBe(
    "21cf9218fb38c432557adf621900474f85641b138742a3978990f53e9e9b39b8",
  );
});

test("one user has one hash under the license's user matching", () => {
  const salt = keyBytes("73616c74");
  expect(subjectHash(salt, "ACME\\Bob ", "folded")).toBe(HASH);
  expect(subjectHash(salt, "ACME\\Bob", "exact")).not.toBe(subjectHash(salt, "acme\\bob", "exact"));
  expect(subjectHash(keyBytes("6f74686572"), "acme\\bob", "folded")).not.toBe(HASH);
});

test.each([
  [HASH, true],
  ["d41d8cd98f00b204e9800998ecf8427e", true],
  ["D41D8CD98F00B204E9800998ECF8427E", true],
  ["d41d8cd98f00b204e9800998ecf8427", false],
  ["acme\\bob", false],
  [`hash:${HASH}`, false],
  [7, false],
] as const)("%s as a subject's hash: %s", (text, isHash) => expect(isSubjectHash(text)).toBe(isHash));

test("a whole log is accepted, also one with only later lines, and unknown members are covered too", () => {
  const whole = log("consumption", [minutes(6), { ...minutes(12), note: "later versions may add some" }]);
  expect(damageOf(whole)).toBeNull();
  expect(damageOf([whole[0] ?? "", whole[2] ?? ""])).toBeNull();
  expect(damageOf(whole.map((text) => text.replace("may add", "add")))).toMatchObject({ line: 2 });
});

const WHOLE = log("assignments", [
  add(HASH),
  add("d41d8cd98f00b204e9800998ecf8427e"),
  { ...add(HASH), deleted: AT },
]);

test.each([
  ["nothing at all", [""], "Line 1 of the log can't be used. It is empty."],
  ["no log", ["id,name"], "Line 1 of the log can't be used. It is not a JSON object."],
  [
    "a version of later",
    [WHOLE[0]?.replace('"v":1', '"v":2')],
    "Line 1 of the log can't be used. `v` should be 1.",
  ],
  ["the key of another checkout", WHOLE, "Line 1 of the log can't be used. header", keyBytes("6f74686572")],
  [
    "lines that changed places",
    [WHOLE[0], WHOLE[2], WHOLE[1]],
    "Line 3 of the log can't be used. Its sequence is 1 after 2: lines are out of order.",
  ],
  [
    "a line cut out",
    [WHOLE[0], WHOLE[1], WHOLE[3]],
    "Line 3 of the log can't be used. Its sequence is 3 after 1: lines are missing.",
  ],
  [
    "a line twice",
    [WHOLE[0], WHOLE[1], WHOLE[1]],
    "Line 3 of the log can't be used. Its sequence is 1 after 1: lines are out of order.",
  ],
  [
    "an edited line",
    WHOLE.map((text) => text.replace(AT, "2026-03-11T09:00:00.000Z")),
    "Line 2 of the log can't be used. Its hash doesn't match: this line, or the one before it, was changed.",
  ],
  [
    "a line cut in the middle",
    [...WHOLE.slice(0, 3), WHOLE[3]?.slice(0, 40)],
    "Line 4 of the log can't be used. It is not a JSON object.",
  ],
] as const)("%s is refused with its line", (_, texts, words, key = KEY) => {
  const damage = damageOf(texts as readonly string[], key);
  expect(damage && damageText(damage)).toBe(words);
});

test.each([
  ["assignments", { ...add("acme\\bob") }, "`subject` should be a hash of 32 or 64 hex digits."],
  ["assignments", { ...add(HASH), instance: "77" }, "`instance` should be empty."],
  ["assignments", { ...add(HASH), deleted: "yesterday" }, "`deleted` should be an RFC 3339 time."],
  ["assignments", { ...add(HASH), auto: "yes" }, "`auto` should be true or false."],
  ["assignments", { ...add(HASH), allotment: "" }, "`allotment` should be the name of an allotment."],
  ["consumption", minutes(-1), "`minutes` should be a whole number from 0 to 1,000,000,000."],
  ["consumption", minutes(0.5), "`minutes` should be a whole number from 0 to 1,000,000,000."],
  ["consumption", { ...minutes(6), month: "2026-13" }, "`month` should be a month, YYYY-MM."],
  ["consumption", { ...minutes(6), at: undefined }, "`at` should be an RFC 3339 time."],
] as const)("a line of %s with a wrong member names the member", (kind, line, reason) =>
  expect(damageOf(log(kind, [line]))).toEqual({ line: 1, reason }),
);

test("every change of a character, lost line or swap is detected, except a cut-off end", () => {
  const texts = log(
    "consumption",
    Array.from({ length: 6 }, (_, i) => minutes(6 * (i + 1))),
  );
  const isSame = (text: string, other: string) =>
    JSON.stringify(JSON.parse(text)) === JSON.stringify(JSON.parse(other));
  fc.assert(
    fc.property(fc.nat(6), fc.nat(1000), fc.constantFrom("0", "1", "z", " ", "\\"), (line, place, letter) => {
      const text = texts[line] ?? "";
      const at = place % text.length;
      const edited = text.slice(0, at) + letter + text.slice(at + 1);
      const damage = damageOf(texts.with(line, edited));
      if (!damage) expect(isSame(edited, text)).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), (gone) => {
      // The lines after the header may begin later: then the server's record of the earlier lines decides.
      const damage = damageOf(texts.filter((_, i) => i !== gone));
      if (gone === 1) expect(damage).toBeNull();
      else expect(damage?.line).toBe(gone);
    }),
  );
  expect(damageOf(texts.slice(0, 4))).toBeNull();
});

/** Sorts the members at every depth by copying each object. */
function generally(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(generally).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${generally(member)}`).join(",")}}`;
}

test("a hash covers every member of the line except its hash", () => {
  const names = fc.oneof(fc.constantFrom("hash", "__proto__", "10", "9", "a", "B", "é"), fc.string());
  const lines = fc.dictionary(names, fc.jsonValue(), { noNullPrototype: true });
  fc.assert(
    fc.property(lines, (line) => {
      const { hash: _, ...members } = line;
      const expected = createHmac("sha256", KEY)
        .update(`00\n${generally(members)}`)
        .digest("hex");
      expect(lineHash(KEY, "00", line)).toBe(expected);
    }),
  );
});
