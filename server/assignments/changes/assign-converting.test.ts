import { beforeEach, expect, test } from "vitest";
import type { Actor } from "@/server/access/actor";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import { undo } from "@/server/assignments/undo/undo";
import type { License } from "@/server/licenses/license";
import { makeLicense, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { assignConverting } from "./assign-converting";
import { previewAssign } from "./assign-preview";
import { assignSeats } from "./seat-changes";

useStore();

let license: License;
let tick = 0;
beforeEach(async () => {
  license = await makeLicense({ allotments: [seats("professional", 3), seats("analyzer", 2)] });
  await assignSeats(scope(), ["acme\\ada"], "analyzer");
  await assignSeats(scope(), ["acme\\bob"], "professional");
});

const actor: Actor = { kind: "user", id: OWNER.id };
const scope = () => ({ license: license.number, actor, now: new Date(NOW.getTime() + ++tick * 1000) });
const held = async () =>
  (await listAssignments(license.number, { limit: 100, sort: "subject" }, NOW)).items.map(
    ({ subject, allotment }) => `${subject} ${allotment}`,
  );
const WANTED = ["acme\\eve", "ACME\\Ada", "acme\\bob", "acme\\EVE", "acme\\zoe"];

test("the preview says for each line what the assignment then does", async () => {
  const preview = await previewAssign(license.number, WANTED, "professional", NOW);
  expect(preview.lines.map(({ outcome }) => outcome)).toEqual([
    "add",
    "convert",
    "already",
    "same-row",
    "no-units",
  ]);
  expect(preview.fit).toBe(2);
  expect(preview.free).toEqual([
    { allotment: "professional", free: 2 },
    { allotment: "analyzer", free: 1 },
  ]);
  const made = await assignConverting(scope(), WANTED, "professional");
  expect(made.done.map(({ subject }) => subject)).toEqual(["acme\\eve", "ACME\\Ada"]);
  expect(made.converted).toBe(1);
  expect(made.left.map(({ subject, code }) => [subject, code])).toEqual([
    ["acme\\bob", "ALREADY_ASSIGNED"],
    ["acme\\zoe", "NO_AVAILABLE_UNITS"],
    ["acme\\EVE", "ALREADY_ASSIGNED"],
  ]);
  expect(made.left[2]?.sentence).toBe("acme\\EVE is the same user as acme\\eve.");
  expect(await held()).toEqual([
    "acme\\ada professional",
    "acme\\bob professional",
    "acme\\eve professional",
  ]);
});

test("one undo takes back what was added and what was converted", async () => {
  const before = await held();
  const { undo: sealed = "" } = await assignConverting(scope(), WANTED, "professional");
  expect(await undo(sealed, OWNER, scope())).toEqual({ undone: 2, stayed: 0 });
  expect(await held()).toEqual(before);
});
