import { afterAll, describe, expect, test } from "vitest";
import type { Base } from "@/domain/assignments/sync";
import { SYSTEM } from "@/server/access/actor";
import { changeLicense } from "@/server/licenses/license-changes";
import { runCheck } from "@/server/maintenance/check";
import { store } from "@/server/store/store";
import { NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { baseOf, deletion, deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";

useStore();

afterAll(async () => {
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

test("an added subject reaches the others from their base, and a release removes it again", async () => {
  const { number, caller, call, add } = await deploymentOf();
  const other = call();
  const zoe = await add("acme\\zoe");
  const before = baseOf(await sync(other));
  const added = await sync(caller, [patchFor(number, "acme\\bob")], { base: baseOf(await sync(caller)) });
  expect(added.patches).toEqual([
    {
      ...patchFor(number, "acme\\bob"),
      instance: expect.stringMatching(/^[1-9][0-9]*$/),
      version: 2,
      rejection: "",
    },
  ]);
  expect(added).not.toHaveProperty("snapshot");
  const learned = await sync(other, [], { base: before });
  expect(learned.patches).toEqual(added.patches);
  const [row] = learned.patches;
  const released = await sync(other, row ? [deletion(row)] : [], { base: baseOf(learned) });
  expect(released.patches).toMatchObject([{ version: 3, subject: "", deleted: NOW.toISOString() }]);
  expect((await sync(caller, [], { base: baseOf(added) })).patches).toEqual(released.patches);
  expect((await sync(call())).patches).toEqual(zoe);
});

test("a repeated request is answered like the first one and changes nothing", async () => {
  const { number, caller, add, call } = await deploymentOf();
  const [first] = await add("acme\\bob");
  expect(await add("acme\\bob")).toEqual([first]);
  expect((await sync(call(), [patchFor(number, "ACME\\Bob ")])).patches).toEqual([first]);
  const [gone] = (await sync(caller, first ? [deletion(first)] : [])).patches;
  expect((await sync(caller, first ? [deletion(first)] : [])).patches).toEqual([gone]);
  expect(await add("acme\\bob")).toEqual([gone]);
  const again = patchFor(number, "acme\\bob", { created: "2026-08-24T10:00:00.001Z" });
  const [second] = (await sync(caller, [again])).patches;
  expect(second).toMatchObject({ version: 3, subject: "acme\\bob", rejection: "" });
  expect(second?.instance).not.toBe(first?.instance);
  const events = await store().db.auditEvent.findMany({ where: { chain: number, object: { not: number } } });
  expect(events.filter(({ action }) => action.startsWith("assignment."))).toHaveLength(3);
});

test("a base that can't be followed gets a snapshot of the live rows", async () => {
  const { caller, add, call } = await deploymentOf();
  const [ann] = await add("acme\\ann", "acme\\bob");
  await sync(caller, ann ? [deletion(ann)] : []);
  const now = baseOf(await sync(caller));
  const unknown: Base[] = [null, { version: 0 }, { version: 99 }, { version: 1, epoch: "of a backup" }];
  for (const base of unknown) {
    const reply = await sync(call(), [], { base });
    expect(reply).toMatchObject({ snapshot: true, patches: [{ subject: "acme\\bob" }], bases: [now] });
  }
  expect(await sync(call(), [], { base: { version: 1 } })).toMatchObject({
    patches: [{ version: 2 }, { version: 3, deleted: expect.any(String) }],
  });
});

test("more rows than one response has come in pages, each row once, even while rows change", async () => {
  const { number, caller, call, add } = await deploymentOf([seats("analyzer", 10_000)]);
  await add("acme\\first");
  const start = baseOf(await sync(caller));
  const subjects = Array.from({ length: 6200 }, (_, index) => `acme\\user${index}`);
  await add(...subjects.slice(0, 5000));
  await add(...subjects.slice(5000));
  for (const base of [null, start]) {
    const reader = call();
    const first = await sync(reader, [], { base });
    expect(first.patches).toHaveLength(5000);
    expect(baseOf(first)).toMatchObject({ version: base?.version ?? 0 });
    const [late] = (await sync(caller, [patchFor(number, `acme\\late${base?.version}`)])).patches;
    const second = await sync(reader, [], { base, after: first.more });
    expect(second).not.toHaveProperty("more");
    const rows = [...first.patches, ...second.patches];
    expect(new Set(rows.map(({ instance }) => instance)).size).toBe(rows.length);
    expect((await sync(reader, [], { base: baseOf(second) })).patches).toEqual([late]);
  }
});

describe("subjects", () => {
  test("are one user in any case and the first spelling is shown, or each is a user under exact matching", async () => {
    const { number, add, call } = await deploymentOf();
    const spellings = ["acme\\bob", "ACME\\BOB", " Acme\\Bob"];
    const folded = await add(...spellings);
    expect(new Set(folded.map(({ instance }) => instance)).size).toBe(1);
    expect(folded.map(({ subject }) => subject)).toEqual(spellings.map(() => "acme\\bob"));
    await sync(call(), folded.slice(0, 1).map(deletion));
    await changeLicense(number, { settings: { subjectMatching: "exact" } }, null, SYSTEM, NOW);
    const exact = await sync(
      call(),
      spellings.map((subject) => patchFor(number, subject)),
    );
    expect(new Set(exact.patches.map(({ instance }) => instance)).size).toBe(3);
  });

  test("are stored encrypted while they hold a seat, and not at all afterwards", async () => {
    const { number, caller, add } = await deploymentOf();
    const [row] = await add("acme\\zacharias");
    const stored = () => store().db.assignment.findFirstOrThrow({ where: { license: number } });
    expect(Buffer.from((await stored()).subject ?? []).toString("latin1")).not.toContain("zacharias");
    await sync(caller, row ? [deletion(row)] : []);
    expect((await stored()).subject).toBeNull();
  });
});
