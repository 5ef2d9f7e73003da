import { expect, test } from "vitest";
import type { Base } from "@/domain/assignments/sync";
import { store } from "@/server/store/store";
import { NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { baseOf, deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { restoreMark } from "./restore-marks";

useStore();

const restores = () => store().db.auditEvent.count({ where: { action: "installation.restored" } });
const epochOf = async (license: string) =>
  (await store().db.roster.findUniqueOrThrow({ where: { license } })).epoch;
const evidenceOf = async (license: string) =>
  (await store().db.deployment.findMany({ where: { license } })).flatMap(({ evidence }) =>
    Object.keys(evidence ?? {}),
  );

/** A license whose log went back from version 4 to 2, and the base at 4 that its deployment had received. */
async function wentBack() {
  const licensed = await deploymentOf([seats("analyzer", 10)]);
  const { number, add, caller } = licensed;
  await add("acme\\ann", "acme\\bob", "acme\\eve", "acme\\joe");
  const base = baseOf(await sync(caller));
  await store().db.$transaction([
    store().db.assignment.deleteMany({ where: { license: number, version: { gt: 2 } } }),
    store().db.roster.update({ where: { license: number }, data: { version: 2 } }),
    store().db.allotment.updateMany({ where: { licenseNumber: number }, data: { live: 2 } }),
  ]);
  return { ...licensed, base };
}

test("a base that this server gave and hasn't reached marks the store as restored, once", async () => {
  const { number, caller, call, base } = await wentBack();
  const [before, epoch] = [await restores(), await epochOf(number)];
  const replies = await Promise.all([caller, call(), call()].map((each) => sync(each, [], { base })));
  expect(await restores()).toBe(before + 1);
  expect(await epochOf(number)).not.toBe(epoch);
  const fresh = { version: 2, epoch: await epochOf(number) };
  for (const reply of replies)
    expect(reply).toMatchObject({ snapshot: true, bases: [fresh], patches: [{}, {}] });
  expect(await evidenceOf(number)).toEqual([]);
});

test("patches that move the log past such a base don't hide it", async () => {
  const { number, caller, base } = await wentBack();
  const before = await restores();
  const patches = ["acme\\kim", "acme\\lea", "acme\\mia"].map((subject) => patchFor(number, subject));
  const reply = await sync(caller, patches, { base });
  expect(await restores()).toBe(before + 1);
  expect(reply).toMatchObject({ snapshot: true, bases: [{ version: 5 }] });
  expect(new Set(reply.patches.map(({ subject }) => subject))).toEqual(
    new Set(["acme\\ann", "acme\\bob", "acme\\kim", "acme\\lea", "acme\\mia"]),
  );
});

test("neither do those of other deployments that share its transaction", async () => {
  const { number, caller, call, base } = await wentBack();
  const before = await restores();
  const [others, own] = [["acme\\kim", "acme\\lea", "acme\\mia"], ["acme\\zoe"]].map((subjects) =>
    subjects.map((subject) => patchFor(number, subject)),
  );
  const [, reply] = await Promise.all([sync(call(), others), sync(caller, own, { base })]);
  expect(await restores()).toBe(before + 1);
  expect(reply).toMatchObject({ snapshot: true, bases: [{ version: 6 }] });
  expect(reply.patches).toHaveLength(6);
});

test("without a mark of this license, epoch and version it is a suspicion, and a snapshot for that deployment alone", async () => {
  const { number, call, base } = await wentBack();
  const [before, epoch] = [await restores(), await epochOf(number)];
  const other = await deploymentOf();
  const marks = [
    undefined,
    "",
    "x".repeat(22),
    await restoreMark(other.number, { version: 4, epoch }),
    await restoreMark(number, { version: 4, epoch: "of a backup" }),
    await restoreMark(number, { version: 3, epoch }),
  ];
  for (const mark of marks) {
    const claimed: Base = { version: 4, epoch, ...(mark === undefined ? {} : { mark }) };
    expect(await sync(call(), [], { base: claimed })).toMatchObject({ snapshot: true });
  }
  expect([await restores(), await epochOf(number)]).toEqual([before, epoch]);
  expect(await evidenceOf(number)).toEqual(marks.map(() => "base-ahead"));
  const patches = ["acme\\kim", "acme\\lea", "acme\\mia"].map((subject) => patchFor(number, subject));
  const lifted = await sync(call(), patches, { base: base && { version: base.version, epoch } });
  expect(lifted).toMatchObject({ snapshot: true, bases: [{ version: 5 }] });
});

test("a mark is given for each base in a response, and never for one that the log hasn't reached", async () => {
  const { number, caller, add } = await deploymentOf();
  await add("acme\\ann");
  const epoch = await epochOf(number);
  const mark = await restoreMark(number, { version: 1, epoch });
  expect(baseOf(await sync(caller))).toEqual({ version: 1, epoch, mark, license: number });
  const claimed = await sync(caller, [], { base: { version: 900, epoch } });
  expect(baseOf(claimed)).toMatchObject({ version: 1, mark });
  expect(await sync(caller, [], { base: { version: 1, epoch, mark }, now: NOW })).toMatchObject({
    bases: [{ version: 1, mark }],
    patches: [],
  });
});
