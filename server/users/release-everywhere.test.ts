import { expect, test } from "vitest";
import { type Actor, SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { declareAlias } from "@/server/assignments/aliases/alias-changes";
import { assignSeats } from "@/server/assignments/changes/seat-changes";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import type { License } from "@/server/licenses/license";
import { changeLicense } from "@/server/licenses/license-changes";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { offlineDeployment } from "@/server/testing/test-offline-logs";
import { useStore } from "@/server/testing/test-store";
import { releaseEverywhere, undoEverywhere } from "./release-everywhere";

useStore();

const actor: Actor = { kind: "user", id: OWNER.id, requestId: "r1" };
const acting = (minutes = 1) => ({ actor, now: new Date(NOW.getTime() + minutes * 60_000) });
const ALLOTMENTS = [seats("professional", 2), seats("analyzer", 2)];

async function licenseWith(
  held: Record<string, string[]>,
  matching: "folded" | "exact" = "folded",
): Promise<License> {
  const license = await makeLicense({ allotments: ALLOTMENTS });
  const { number } = license;
  if (matching === "exact")
    await changeLicense(number, { settings: { subjectMatching: "exact" } }, null, SYSTEM, NOW);
  for (const [allotment, subjects] of Object.entries(held))
    await assignSeats({ license: number, actor: SYSTEM, now: NOW }, subjects, allotment);
  return license;
}

async function heldIn({ number }: License): Promise<string[]> {
  const { items } = await listAssignments(number, { limit: 100, sort: "subject" }, NOW);
  return items.map(({ subject, allotment }) => `${subject} ${allotment}`).sort();
}

const place = ({ number }: License, allotment: string, subject: string) =>
  expect.objectContaining({ license: number, allotment, subject });

test("a leaver's seats are released in every license, by each license's own matching", async () => {
  const folded = await licenseWith({
    professional: ["leaver\\bob"],
    analyzer: ["LEAVER\\Bob", "leaver\\eve"],
  });
  const exact = await licenseWith({ analyzer: ["LEAVER\\BOB", "leaver\\bob"] }, "exact");
  const { released, unreached, undo } = await releaseEverywhere(OWNER, "LEAVER\\BOB", acting());
  expect(released).toHaveLength(3);
  expect(released).toEqual(
    expect.arrayContaining([
      place(folded, "professional", "leaver\\bob"),
      place(folded, "analyzer", "LEAVER\\Bob"),
      place(exact, "analyzer", "LEAVER\\BOB"),
    ]),
  );
  expect([unreached, typeof undo]).toEqual([[], "string"]);
  expect(await heldIn(folded)).toEqual(["leaver\\eve analyzer"]);
  expect(await heldIn(exact)).toEqual(["leaver\\bob analyzer"]);
});

test("each license has the audit and the events of single releases", async () => {
  const one = await licenseWith({ professional: ["audited\\bob"], analyzer: ["audited\\bob"] });
  const other = await licenseWith({ analyzer: ["audited\\bob"] });
  await releaseEverywhere(OWNER, "audited\\bob", acting());
  for (const [{ number }, times] of [
    [one, 2],
    [other, 1],
  ] as const) {
    const where = { chain: number, action: "assignment.released" };
    const events = await store().db.auditEvent.findMany({ where });
    expect(events.map(({ actor: by, requestId }) => [by, requestId])).toEqual(
      Array(times).fill([OWNER.id, "r1"]),
    );
    expect(JSON.stringify(events.map(({ details }) => details))).not.toContain("bob");
    const told = { license: number, type: "assignment.deleted" };
    expect(await store().db.waitingEvent.count({ where: told })).toBe(times);
  }
});

test("twenty calls at once release each seat once, and a call again releases nothing", async () => {
  const licenses = await Promise.all([1, 2].map(() => licenseWith({ analyzer: ["race\\bob"] })));
  const results = await Promise.all(
    Array.from({ length: 20 }, () => releaseEverywhere(OWNER, "race\\bob", acting())),
  );
  expect(results.flatMap(({ released }) => released)).toHaveLength(licenses.length);
  expect(await releaseEverywhere(OWNER, "race\\bob", acting(2))).toEqual({ released: [], unreached: [] });
});

test("one undo restores all of it with the old ranks, once", async () => {
  const one = await licenseWith({ analyzer: ["undone\\bob", "undone\\eve"] });
  const other = await licenseWith({ professional: ["undone\\bob"] });
  const ranks = async () =>
    (
      await store().db.assignment.findMany({
        where: { license: { in: [one.number, other.number] }, deleted: null },
        select: { license: true, addedVersion: true },
        orderBy: [{ license: "asc" }, { addedVersion: "asc" }],
      })
    ).map(({ license, addedVersion }) => `${license} ${addedVersion}`);
  const before = await ranks();
  const { undo = "" } = await releaseEverywhere(OWNER, "undone\\bob", acting());
  expect(await ranks()).toHaveLength(1);
  expect(await undoEverywhere(undo, OWNER, acting(2))).toEqual({ undone: 2, stayed: 0 });
  expect(await ranks()).toEqual(before);
  await expect(undoEverywhere(undo, OWNER, acting(3))).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  expect(await ranks()).toEqual(before);
});

test("an undo restores what it can, and says why the rest stayed", async () => {
  const free = await licenseWith({ analyzer: ["partly\\bob"] });
  const taken = await licenseWith({ professional: ["partly\\bob", "partly\\eve"] });
  const { undo = "" } = await releaseEverywhere(OWNER, "partly\\bob", acting());
  await assignSeats({ license: taken.number, ...acting(2) }, ["partly\\kim"], "professional");
  const undone = await undoEverywhere(undo, OWNER, acting(3));
  expect(undone).toMatchObject({ undone: 1, stayed: 1, sentence: expect.stringContaining("partly\\kim") });
  expect(await heldIn(free)).toEqual(["partly\\bob analyzer"]);
});

test("only licenses in scope are touched, by the release and by its undo", async () => {
  const mine = await licenseWith({ analyzer: ["scoped\\bob"] });
  const theirs = await licenseWith({ analyzer: ["scoped\\bob"] });
  const admin: Principal = { ...OWNER, role: "license-admin", customers: [mine.customer.id] };
  const { released } = await releaseEverywhere(admin, "scoped\\bob", acting());
  expect(released).toEqual([place(mine, "analyzer", "scoped\\bob")]);
  expect(await heldIn(theirs)).toEqual(["scoped\\bob analyzer"]);
  const { undo = "" } = await releaseEverywhere(OWNER, "scoped\\bob", acting());
  await expect(undoEverywhere(undo, admin, acting(2))).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(undoEverywhere(undo, { ...OWNER, role: "auditor" }, acting(2))).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await expect(undoEverywhere(undo, OWNER, acting(20))).rejects.toMatchObject({ code: "UNDO_OVER" });
});

test("a seat of which only the user's hash is known is released too", async () => {
  const deployment = await offlineDeployment();
  await deployment.upload(deployment.log("assignments", [deployment.add("offline\\eve")]));
  const { released } = await releaseEverywhere(OWNER, "OFFLINE\\EVE", acting());
  expect(released).toMatchObject([{ license: deployment.number, subject: expect.stringMatching(/^hash:/) }]);
});

test("a user is released by an alias too, in the licenses where it was declared", async () => {
  const [one, other] = [
    await licenseWith({ analyzer: ["named\\bob"] }),
    await licenseWith({ analyzer: ["named\\bob"] }),
  ];
  const scope = { license: one.number, actor: SYSTEM, now: NOW };
  await declareAlias(scope, { subject: "named\\bob", alias: "bob@named.example" });
  const { released, undo = "" } = await releaseEverywhere(OWNER, "BOB@named.example", acting());
  expect(released).toEqual([place(one, "analyzer", "named\\bob")]);
  expect(await heldIn(other)).toEqual(["named\\bob analyzer"]);
  expect(await undoEverywhere(undo, OWNER, acting(2))).toEqual({ undone: 1, stayed: 0 });
});

test.each(["", " ", "nobody\\here"])("releasing %j is no refusal", async (subject) => {
  expect(await releaseEverywhere(OWNER, subject, acting())).toEqual({ released: [], unreached: [] });
});
