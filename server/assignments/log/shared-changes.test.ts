import { afterAll, afterEach, expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { declareAlias } from "@/server/assignments/aliases/alias-changes";
import { verifyChain } from "@/server/audit/chain";
import { revokeLicenseKey } from "@/server/keys/license-keys";
import { changeLicense } from "@/server/licenses/license-changes";
import { runCheck } from "@/server/maintenance/check";
import { store } from "@/server/store/store";
import { isStoreAway } from "@/server/store/store-away";
import { issue } from "@/server/testing/test-checkouts";
import { NOW, seats } from "@/server/testing/test-licenses";
import { storeKind, useStore } from "@/server/testing/test-store";
import { deletion, deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { keepHashes } from "./offline-hashes";

useStore();
afterEach(() => void vi.restoreAllMocks());
afterAll(async () => {
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

/** Licenses whose keys and matching are cached, as after the first sync. */
async function places(count: number, units = 3) {
  const made = [];
  while (made.length < count) made.push(await deploymentOf([seats("analyzer", units)]));
  for (const { add } of made) await add("acme\\ann");
  return made;
}

type Place = Awaited<ReturnType<typeof places>>[number];

async function addAt({ number, call }: Place, subject: string): Promise<string> {
  const { patches } = await sync(call(), [patchFor(number, subject)]);
  return patches[0]?.rejection || `${patches[0]?.version}`;
}

const transactions = () => vi.spyOn(store().sql, "transaction");

test("simultaneous changes of many licenses share one transaction, and a refused one is refused alone", async () => {
  const made = await places(6);
  const last = made.at(-1);
  await revokeLicenseKey(last?.caller.key.jti ?? "", "lost", SYSTEM, NOW);
  const begun = transactions();
  const results = await Promise.allSettled(
    made.map(({ number, caller }) => sync(caller, [patchFor(number, "acme\\bob")])),
  );
  expect(begun).toHaveBeenCalledTimes(1);
  expect(results.map((one) => one.status === "fulfilled" && one.value.patches[0]?.version)).toEqual([
    ...[2, 2, 2, 2, 2],
    false,
  ]);
  expect(results.at(-1)).toMatchObject({ reason: { code: "KEY_REVOKED" } });
  for (const { number } of made) expect(await verifyChain(number)).toMatchObject({ whole: true });
});

test("simultaneous changes of one license are decided in turn, each on what the one before left", async () => {
  const [place] = (await places(1, 4)) as [Place];
  const begun = transactions();
  const results = await Promise.all(
    ["bob", "eve", "BOB", "dan", "kim"].map((name) => addAt(place, `acme\\${name}`)),
  );
  expect(begun).toHaveBeenCalledTimes(1);
  expect(results).toEqual(["2", "3", "2", "4", "NO_AVAILABLE_UNITS"]);
  expect(await verifyChain(place.number)).toMatchObject({ whole: true });
});

test.runIf(storeKind() === "postgresql")(
  "a license that somebody else has locked delays no other, and its changes follow",
  async () => {
    const [locked, other] = (await places(2)) as [Place, Place];
    const waiting: Promise<string>[] = [];
    await store().db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM roster WHERE license = ${locked.number} FOR NO KEY UPDATE`;
      waiting.push(addAt(locked, "acme\\bob"), addAt(locked, "acme\\eve"));
      expect(await addAt(other, "acme\\bob")).toBe("2");
    });
    expect((await Promise.all(waiting)).toSorted()).toEqual(["2", "3"]);
  },
);

test("a subject that is rejected and gets the seat a moment later isn't listed as rejected", async () => {
  const [{ number, call, caller }] = (await places(1, 1)) as [Place];
  const releases = (await sync(caller)).patches.map(deletion);
  const ask = () => sync(call(), [patchFor(number, "acme\\bob")]);
  const asked = await Promise.all([ask(), sync(call(), releases), ask()]);
  expect(asked.map(({ patches }) => patches[0]?.rejection)).toEqual(["NO_AVAILABLE_UNITS", "", ""]);
  expect(await store().db.rejection.count({ where: { license: number } })).toBe(0);
});

test("on a license with shares each seat counts for its share", async () => {
  const office = await deploymentOf([seats("analyzer", 4)]);
  await issue(office.number, { source: "mill", shares: [{ allotment: "analyzer", units: 2 }] });
  await office.add("acme\\ann");
  const at = (source: string, subject: string) =>
    sync(office.call({ source }), [patchFor(office.number, subject)]).then(
      ({ patches }) => patches[0]?.rejection,
    );
  const results = await Promise.all([
    ...["bob", "eve"].map((name) => at(`office-${name}`, `acme\\${name}`)),
    at("mill", "mill\\kim"),
  ]);
  expect(results).toEqual(["", "NO_AVAILABLE_UNITS", ""]);
  expect(await store().db.checkoutShare.findMany({ where: { license: office.number } })).toMatchObject([
    { live: 1 },
  ]);
});

test("licenses with aliases, shares, hashes and another matching are changed beside others", async () => {
  const made = await Promise.all([1, 2, 3, 4, 5].map(() => deploymentOf([seats("analyzer", 20)])));
  const [, aliased = "", shared = "", hashed = "", exact = ""] = made.map(({ number }) => number);
  await declareAlias({ license: aliased, actor: SYSTEM, now: NOW }, { subject: "bob", alias: "rob" });
  await issue(shared, { source: "s0", shares: [{ allotment: "analyzer", units: 8 }] });
  await keepHashes(hashed);
  await changeLicense(exact, { settings: { subjectMatching: "exact" } }, null, SYSTEM, NOW);
  for (const round of [0, 1]) {
    const asked = made.flatMap(({ number, call }) =>
      ["s0", "s1", "s2"].map(async (source) => {
        const names = ["bob", "BOB", "rob", `${source}-${round}`];
        const sent = names.map((subject) => patchFor(number, subject));
        const { patches } = await sync(call({ source }), sent);
        return patches.slice(0, sent.length).map(({ rejection }) => rejection);
      }),
    );
    expect(new Set((await Promise.all(asked)).flat())).toEqual(new Set([""]));
  }
  const rows = await Promise.all(made.map(async ({ caller }) => (await sync(caller)).patches));
  expect(rows.map(({ length }) => length)).toEqual([8, 7, 8, 8, 9]);
  for (const { number } of made) expect(await verifyChain(number)).toMatchObject({ whole: true });
});

test("requests of one deployment are taken in turn: a repeated add is one seat", async () => {
  const [{ number, caller, call }] = (await places(1)) as [Place];
  const add = () => sync(caller, [patchFor(number, "acme\\bob")]);
  const others = ["eve", "dan"].map((name) => sync(call(), [patchFor(number, `acme\\${name}`)]));
  const repeated = await Promise.all([add(), add(), add()]);
  await Promise.all(others);
  expect(new Set(repeated.map(({ patches }) => patches[0]?.instance)).size).toBe(1);
  expect(await store().db.assignment.count({ where: { license: number, deleted: null } })).toBe(3);
});

test.runIf(storeKind() === "postgresql")(
  "if the connection of a shared change is lost, every request learns it, and nothing of it was written",
  async () => {
    const made = await places(3);
    const failed = await store().db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM allotment WHERE license = ${made[0]?.number} FOR UPDATE`;
      const asked = Promise.allSettled(made.map((place) => addAt(place, "acme\\bob")));
      let ended = 0;
      while (ended === 0)
        ended = await store().db.$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%UPDATE assignment %'`;
      return asked;
    });
    expect(failed.map((one) => one.status === "rejected" && isStoreAway(one.reason))).toEqual([
      ...[true, true, true],
    ]);
    const numbers = made.map(({ number }) => number);
    expect(await store().db.assignment.count({ where: { license: { in: numbers } } })).toBe(3);
    expect(await Promise.all(made.map((place) => addAt(place, "acme\\bob")))).toEqual(["2", "2", "2"]);
  },
);

test("a sync with many patches has a transaction of its own, beside which the others share one", async () => {
  const [large, ...others] = (await places(3, 60)) as [Place, Place, Place];
  const begun = transactions();
  const sendBeside = async (count: number) => {
    begun.mockClear();
    const patches = Array.from({ length: count }, (_, n) => patchFor(large.number, `acme\\user${n}`));
    await Promise.all([sync(large.call(), patches), ...others.map((place) => addAt(place, "acme\\bob"))]);
    return begun.mock.calls.length;
  };
  expect([await sendBeside(50), await sendBeside(51)]).toEqual([1, 2]);
});

test("a change that the database refuses fails alone", async () => {
  const [poisoned, other] = (await places(2)) as [Place, Place];
  await store().db.$executeRawUnsafe(
    `ALTER TABLE assignment ADD CONSTRAINT poison CHECK (license <> '${poisoned.number}' OR version < 2)`,
  );
  const results = await Promise.allSettled([addAt(poisoned, "acme\\bob"), addAt(other, "acme\\bob")]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  await store().db.$executeRawUnsafe(`ALTER TABLE assignment DROP CONSTRAINT poison`);
  expect(await addAt(poisoned, "acme\\bob")).toBe("2");
});
