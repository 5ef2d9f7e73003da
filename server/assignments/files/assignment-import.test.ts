import { beforeEach, expect, test } from "vitest";
import type { Actor } from "@/server/access/actor";
import { assignSeats } from "@/server/assignments/changes/seat-changes";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import { undo } from "@/server/assignments/undo/undo";
import { listAudit } from "@/server/audit/log";
import type { License } from "@/server/licenses/license";
import { makeLicense, minutes, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { csvOfSeats } from "./assignment-export";
import { importSeats, type PlannedLine, planImport } from "./assignment-import";
import { lookAtImport } from "./import-lines";

useStore();

let license: License;
let tick = 0;
beforeEach(async () => {
  license = await makeLicense({
    allotments: [seats("Professional", 2), seats("analyzer", 3), minutes("time", 9)],
  });
});

const actor: Actor = { kind: "user", id: OWNER.id };
const scope = () => ({ license: license.number, actor, now: new Date(NOW.getTime() + ++tick * 1000) });
const hold = (allotment: string, ...subjects: string[]) => assignSeats(scope(), subjects, allotment);
const line = (subject: string, allotment = "professional") => ({ subject, allotment });

async function held(): Promise<string[]> {
  const { items } = await listAssignments(license.number, { limit: 100, sort: "subject" }, NOW);
  return items.map(({ subject, allotment }) => `${subject} ${allotment}`);
}

async function* parts(...sent: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of sent) yield typeof part === "string" ? new TextEncoder().encode(part) : part;
}

/** Plans a file by the columns that are guessed from it. */
async function planned(...sent: (string | Uint8Array)[]): Promise<PlannedLine[]> {
  const seatNames = ["Professional", "analyzer"];
  const { separator, columns } = await lookAtImport(parts(...sent), seatNames);
  const format = { ...columns, separator, otherwise: "analyzer" };
  const lines = new Map<number, PlannedLine>();
  for await (const part of planImport(license.number, parts(...sent), format, NOW)) {
    if ("lines" in part) for (const line of part.lines) lines.set(line.row, line);
    else
      for (const { row, fate } of part.revised) lines.set(row, { ...lines.get(row), ...fate } as PlannedLine);
  }
  return [...lines.values()];
}

test("a file is planned row by row, and nothing changes", async () => {
  await hold("Professional", "bob");
  await hold("analyzer", "eve");
  const file = [
    "\uFEFFAllotment;Subject;Created",
    "professional;BOB;2026",
    "professional;eve;",
    ";'=gwen;",
    "analyser;kim;",
    "",
    "time;kim;",
    "analyzer;Eve;",
    "professional;lee;",
    "analyzer; ;",
  ];
  const lines = await planned(`${file.join("\r\n")}`);
  expect(lines.map(({ row, subject, outcome }) => [row, subject, outcome])).toEqual([
    [2, "BOB", "already"],
    [3, "eve", "convert"],
    [4, "=gwen", "add"],
    [5, "kim", "unknown-allotment"],
    [7, "kim", "not-assignable"],
    [8, "Eve", "same-row"],
    [9, "lee", "no-units"],
    [10, "", "bad-subject"],
  ]);
  expect(lines[1]).toMatchObject({ from: "analyzer" });
  expect(lines[5]).toMatchObject({ at: 3 });
  expect(await held()).toEqual(["bob Professional", "eve analyzer"]);
});

test("a character may be split between two parts of a file", async () => {
  const bytes = new TextEncoder().encode("jürgen,analyzer\n");
  expect(await planned(bytes.slice(0, 2), bytes.slice(2))).toMatchObject([{ subject: "jürgen" }]);
});

test.each([
  [["a,b\n", '"open,b\n'], "Row 2 isn't valid CSV: a quotation mark isn't closed."],
  [["a,b\n", 'o"pen,b\n'], "Row 2 isn't valid CSV: a quotation mark is inside a cell."],
  [["a,b\n", `${"x".repeat(20_000)}\n`], "Row 2 isn't valid CSV: it is longer than 16,000 characters."],
  [
    ["a,b\n", new Uint8Array([0x61, 0x92, 0x0a])],
    "Line 2 isn't UTF-8. The byte at offset 5 (0x92) is not UTF-8. Save it as “CSV UTF-8” and choose it again.",
  ],
  [["a,b\nj", new Uint8Array([0xc3])], "Line 2 isn't UTF-8. The byte at offset 5 (0xC3) is not UTF-8."],
  [[new Uint8Array([0xff, 0xfe, 0x00, 0xd8, 0x61, 0x00])], "It isn't valid UTF-16."],
])("a file that isn't a list of users in UTF-8 is refused with its row", async (sent, why) => {
  await expect(planned(...sent)).rejects.toMatchObject({ detail: expect.stringContaining(why) });
});

test.each([
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
])("a file in %s is recognized by its mark", async (encoding, mark) => {
  const bytes = Buffer.from("Benutzer;Lizenz\nacme\\jürgen;analyzer\n", "utf16le");
  const sent = Buffer.concat([Buffer.from(mark), encoding === "utf-16be" ? bytes.swap16() : bytes]);
  expect(await planned(sent.subarray(0, 1), sent.subarray(1, 20), sent.subarray(20))).toMatchObject([
    { row: 2, subject: "acme\\jürgen", allotment: "analyzer" },
  ]);
});

test("a row counts as one even if a cell has line breaks", async () => {
  const lines = await planned('"user\nname",note\nbob,"a\nb\n\nc"\neve,x\n');
  expect(lines.map(({ row, subject }) => [row, subject])).toEqual([
    [2, "bob"],
    [3, "eve"],
  ]);
});

test("a row with a directory and an id names one user", async () => {
  const lines = await planned(
    "name,userDirectory,userId,licenseType\r\nBob B,ACME,bob,Professional\r\nGen,,gen4,Analyzer\r\n",
  );
  expect(lines.map(({ subject, allotment, outcome }) => [subject, allotment, outcome])).toEqual([
    ["ACME\\bob", "Professional", "add"],
    ["\\gen4", "Analyzer", "add"],
  ]);
});

test("an exported file is imported unchanged", async () => {
  const subjects = ["=1+1", "'=1+1", "0047", "108234567890123456789"];
  await hold("analyzer", ...subjects.slice(0, 3));
  await hold("Professional", ...subjects.slice(3));
  const csv = await (await csvOfSeats(license.number, {}, NOW)).toArray();
  const text = csv.map(String).join("");
  const instances = (await listAssignments(license.number, { limit: 100 }, NOW)).items.map(
    (seat) => seat.instance,
  );
  for (const instance of instances) expect(text).toContain(`,'${instance}`);
  const lines = await planned(text);
  expect(lines.map(({ subject }) => subject).toSorted()).toEqual(subjects.toSorted());
  expect(new Set(lines.map(({ outcome }) => outcome))).toEqual(new Set(["already"]));
});

test.each([[["bob,analyzer", "eve,Professional"]], [["eve,Professional", "bob,analyzer"]]])(
  "two users swap their seats in any order of %j, though no seat is free, and the swap can be undone",
  async (rows) => {
    await hold("Professional", "bob", "kim");
    await hold("analyzer", "eve", "lee", "gwen");
    const lines = await planned(rows.join("\n"));
    expect(lines.map((one) => [one.outcome, "turn" in one && one.turn])).toEqual([
      ["convert", 1],
      ["convert", 1],
    ]);
    const before = await held();
    const { fates, undo: sealed = "" } = await importSeats(scope(), lines);
    expect(fates).toEqual([{ outcome: "converted" }, { outcome: "converted" }]);
    expect(await held()).toEqual([
      "bob analyzer",
      "eve Professional",
      "gwen analyzer",
      "kim Professional",
      "lee analyzer",
    ]);
    expect(await mostHeld()).toEqual({ professional: 2, analyzer: 3 });
    expect(await undo(sealed, OWNER, scope())).toEqual({ undone: 2, stayed: 0 });
    expect(await held()).toEqual(before);
    expect(await mostHeld()).toEqual({ professional: 2, analyzer: 3 });
  },
);

test("a swap whose other half is gone changes nothing", async () => {
  await hold("Professional", "bob", "kim");
  await hold("analyzer", "eve", "lee", "gwen");
  const { fates } = await importSeats(scope(), [line("bob", "analyzer")]);
  expect(fates).toMatchObject([{ outcome: "refused" }]);
  expect(await held()).toContain("bob Professional");
});

/** The most seats of each allotment that were held at once, by the audit's order of additions and releases. */
async function mostHeld(): Promise<Record<string, number>> {
  const { items } = await listAudit(OWNER, { chain: license.number, action: "assignment", limit: 200 });
  const now: Record<string, number> = {};
  const most: Record<string, number> = {};
  for (const { action, details } of items.toReversed()) {
    const allotment = String((details as { allotment: string }).allotment);
    now[allotment] = (now[allotment] ?? 0) + (action === "assignment.added" ? 1 : -1);
    most[allotment] = Math.max(most[allotment] ?? 0, now[allotment] ?? 0);
  }
  return most;
}

test("lines are applied to the current state, and again without harm", async () => {
  await hold("analyzer", "eve");
  const lines = [line("eve"), line("bob"), line("gwen"), line("x", "time"), line("EVE")];
  const first = await importSeats(scope(), lines);
  expect(first.fates).toEqual([
    { outcome: "converted" },
    { outcome: "added" },
    {
      outcome: "refused",
      code: "NO_AVAILABLE_UNITS",
      why: expect.stringMatching(/^gwen was not assigned\. All 2 Professional seats/),
    },
    {
      outcome: "refused",
      code: "NOT_ASSIGNABLE",
      why: expect.stringMatching(/^x was not assigned\. time counts minutes/),
    },
    { outcome: "already" },
  ]);
  expect(await held()).toEqual(["bob Professional", "eve Professional"]);
  const again = await importSeats(scope(), lines);
  expect(again.fates.map(({ outcome }) => outcome)).toEqual([
    "already",
    "already",
    "refused",
    "refused",
    "already",
  ]);
  expect(again.undo).toBeUndefined();
});

test("an import is undone as a whole", async () => {
  await hold("analyzer", "eve");
  const { undo: sealed = "" } = await importSeats(scope(), [line("eve"), line("bob")]);
  await undo(sealed, OWNER, scope());
  expect(await held()).toEqual(["eve analyzer"]);
});
