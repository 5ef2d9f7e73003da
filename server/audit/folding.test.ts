import { beforeEach, expect, test } from "vitest";
import { assignSeats, convertSeats, releaseSeats } from "@/server/assignments/changes/seat-changes";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import { undo } from "@/server/assignments/undo/undo";
import type { License } from "@/server/licenses/license";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { verifyChain } from "./chain";
import { type AuditFilter, auditEvent, countNewer, listAudit, listShown } from "./log";

useStore();

let license: License;
let tick = 0;
beforeEach(async () => {
  license = await makeLicense({ allotments: [seats("professional", 9), seats("analyzer", 9)] });
});

const scope = () => ({
  license: license.number,
  actor: { kind: "user" as const, id: OWNER.id, requestId: `r${++tick}` },
  now: new Date(NOW.getTime() + tick * 1000),
});
const asked = (more: AuditFilter = {}) => ({
  chain: license.number,
  action: "assignment",
  limit: 100,
  ...more,
});
const rows = async (more?: AuditFilter) =>
  (await listShown(OWNER, asked(more))).items.map(
    ({ action, details, standsFor }) =>
      `${action.slice(11)} ${standsFor} ${(details as { allotment: string }).allotment}`,
  );
const instances = async () =>
  (await listAssignments(license.number, { limit: 100, sort: "subject" }, NOW)).items.map(
    ({ instance }) => instance,
  );

/** Four seats assigned, two of them moved, and all released: 12 events. */
async function muchWork() {
  await assignSeats(scope(), ["a", "b", "c", "d"], "professional");
  await convertSeats(scope(), (await instances()).slice(0, 2), "analyzer");
  return releaseSeats(scope(), await instances());
}

test("a change of many seats at once is one row for each allotment", async () => {
  const { undo: sealed = "" } = await muchWork();
  const latest = ["released 2 professional", "released 2 analyzer", "added 2 analyzer"];
  expect(await rows()).toEqual([...latest, "released 2 professional", "added 4 professional"]);
  expect((await listAudit(OWNER, asked())).items).toHaveLength(12);
  expect(await rows({ action: "assignment.added" })).toEqual(["added 2 analyzer", "added 4 professional"]);
  await undo(sealed, OWNER, scope());
  expect((await rows()).slice(0, 2)).toEqual(["added 2 professional", "added 2 analyzer"]);
  expect(await verifyChain(license.number)).toMatchObject({ whole: true });
});

test.each([["one license"], ["all licenses"]])("pages of %s have each row once and complete", async (of) => {
  await muchWork();
  const { chain, ...others } = { ...asked(), limit: 2, actor: OWNER.id, from: NOW };
  const filter = of === "one license" ? { chain, ...others } : others;
  const stoodFor: number[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listShown(OWNER, { ...filter, cursor });
    stoodFor.push(...page.items.filter((event) => event.chain === chain).map(({ standsFor }) => standsFor));
    cursor = page.cursor;
  }
  expect(stoodFor).toEqual([2, 2, 2, 2, 4]);
});

test("a single seat, and the events behind one row, are found event by event", async () => {
  await assignSeats(scope(), ["a", "b", "c"], "professional");
  const [object = ""] = await instances();
  expect(await rows({ object })).toEqual(["added 1 professional"]);
  expect(await rows({ on: object })).toEqual(["added 1 professional"]);
  await releaseSeats(scope(), [object]);
  const { items } = await listShown(OWNER, asked());
  expect(items.map(({ standsFor }) => standsFor)).toEqual([1, 3]);
  const within = items[1]?.id ?? "";
  const single = await listShown(OWNER, asked({ within }));
  expect(single.items.map(({ standsFor }) => standsFor)).toEqual([1, 1, 1]);
  expect(new Set(single.items.map((event) => event.object)).size).toBe(3);
  for (const { id } of single.items)
    expect((await auditEvent(OWNER, id)).standing).toEqual({ id: within, standsFor: 3 });
  const confined = { ...OWNER, customers: [] };
  expect((await listShown(confined, { limit: 9, within })).items).toEqual([]);
});

test("many simultaneous events count as one new event", async () => {
  const [before] = (await listShown(OWNER, { chain: license.number, limit: 1 })).items;
  await assignSeats(scope(), ["a", "b", "c"], "professional");
  const news = { chain: license.number, after: before?.id ?? "", most: 9 };
  expect(await countNewer(OWNER, news)).toBe(1);
});

test.each([
  ["an event of its own that is left out", 2, null, 3],
  ["a row that stands for one too many", 6, 5, 6],
  ["a row that stands for one too few", 6, 3, 6],
  ["one that is shown beside the row that stands for it", 4, 1, 4],
  ["a last one that is left out", 6, null, 6],
] as const)("%s breaks the proof", async (_, sequence, standsFor, bad) => {
  await assignSeats(scope(), ["a"], "professional");
  await assignSeats(scope(), ["b", "c", "d", "e"], "professional");
  const where = { chain_sequence: { chain: license.number, sequence: BigInt(sequence) } };
  await store().db.auditEvent.update({ where, data: { standsFor } });
  expect(await verifyChain(license.number)).toMatchObject({ whole: false, bad: { sequence: bad } });
});
