import { beforeEach, expect, test } from "vitest";
import { importSeats, type PlannedLine, planImport } from "./assignment-import";
import { listAssignments } from "./assignment-list";
import type { Actor } from "./audit";
import type { License } from "./licenses";
import { assignSeats } from "./seat-changes";
import { makeLicense, minutes, NOW, OWNER, seats } from "./test-licenses";
import { useStore } from "./test-store";
import { undo } from "./undo";

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

async function planned(...sent: (string | Uint8Array)[]): Promise<PlannedLine[]> {
  const lines: PlannedLine[] = [];
  for await (const batch of planImport(license.number, parts(...sent), "analyzer", NOW)) lines.push(...batch);
  return lines;
}

test("a file is told row by row what it would do, and does nothing", async () => {
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

test("a character may be parted between two parts of a file", async () => {
  const bytes = new TextEncoder().encode("jürgen,analyzer\n");
  expect(await planned(bytes.slice(0, 2), bytes.slice(2))).toMatchObject([{ subject: "jürgen" }]);
});

test.each([
  [["a,b\n", '"open,b\n'], "After row 1 it is no CSV any more: a quotation mark is not closed."],
  [["a,b\n", 'o"pen,b\n'], "After row 1 it is no CSV any more: a quotation mark stands inside a cell."],
  [
    ["a,b\n", `${"x".repeat(20_000)}\n`],
    "After row 1 it is no CSV any more: a line is over 16,000 characters long.",
  ],
  [["a,b\n", new Uint8Array([0x92, 0x0a])], "After row 1 it is not UTF-8."],
])("what is no list of people in UTF-8 is refused by its row", async (sent, why) => {
  await expect(planned(...sent)).rejects.toMatchObject({ detail: expect.stringContaining(why) });
});

test("lines are done as the license stands now, and again without harm", async () => {
  await hold("analyzer", "eve");
  const lines = [line("eve"), line("bob"), line("gwen"), line("x", "time"), line("EVE")];
  const first = await importSeats(scope(), lines);
  expect(first.fates).toEqual([
    { outcome: "converted" },
    { outcome: "added" },
    { outcome: "refused", why: expect.stringMatching(/^gwen was not assigned\. All 2 Professional seats/) },
    { outcome: "refused", why: expect.stringMatching(/^x was not assigned\. time counts minutes/) },
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

test("an import is taken back as one", async () => {
  await hold("analyzer", "eve");
  const { undo: sealed = "" } = await importSeats(scope(), [line("eve"), line("bob")]);
  await undo(sealed, OWNER, scope());
  expect(await held()).toEqual(["eve analyzer"]);
});
