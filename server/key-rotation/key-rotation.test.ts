import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import { assignmentContext } from "@/server/assignments/log/assignment-rows";
import { syncAssignments } from "@/server/assignments/log/assignments";
import { dataKeys, INSTALLATION, newKey } from "@/server/secrets/data-keys";
import { encrypt } from "@/server/secrets/encryption";
import { confirmKeys } from "@/server/secrets/key-cache";
import { store } from "@/server/store/store";
import { type Call, licenseWithKey } from "@/server/testing/test-callers";
import { fillEncrypted, unreadableRows } from "@/server/testing/test-encrypted";
import { NOW, seats } from "@/server/testing/test-licenses";
import { directory } from "@/server/testing/test-scim";
import { useStore } from "@/server/testing/test-store";
import { columnsOf } from "./encrypted-columns";
import { opened, readRows } from "./encrypted-rows";
import { rotateKeys, rotationStatus, startRotation } from "./key-rotation";

useStore();

let license: string;
let call: Call;
let scopes: string[];
beforeAll(async () => {
  const made = await licenseWithKey({ allotments: [seats("analyzer", 500)] });
  ({ number: license, call } = made);
  scopes = [INSTALLATION, license, `scim:${(await directory({ license })).id}`];
  for (const scope of scopes) await fillEncrypted(scope, 3);
});

beforeEach(() => asReplica(replica(), confirmKeys));

/** What a server has in memory. */
type Memory = typeof globalThis.signetState;
const replica = (): Memory => new Map();

/** Runs work as another server on the same store. */
async function asReplica<T>(memory: Memory, work: () => Promise<T>): Promise<T> {
  const own = globalThis.signetState;
  globalThis.signetState = memory;
  try {
    return await work();
  } finally {
    globalThis.signetState = own;
  }
}

/** The database's clock moves on by longer than a step has to wait. */
async function wait(): Promise<void> {
  await store().db.$executeRaw`UPDATE data_key SET since = since - interval '6 minutes'`;
}

async function toTheEnd(run = () => rotateKeys(NOW, { batch: 2 })): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    await wait();
    await run();
    const { announced, replacing } = await rotationStatus();
    if (announced + replacing === 0) return;
  }
  throw new Error("The rotation doesn't end.");
}

async function assign(...subjects: string[]): Promise<void> {
  const patch = { instance: "", version: 0, license, allotment: "analyzer", created: NOW.toISOString() };
  const patches = subjects.map((subject) => ({ ...patch, subject }));
  await syncAssignments({ caller: call(), base: null, after: null, patches, now: NOW });
}

const assigned = async () =>
  (await listAssignments(license, { limit: 500 }, NOW)).items
    .map(({ subject }) => subject)
    .filter((text) => text);

test("every column of a scope is encrypted again, the old key decrypts nothing and is gone", async () => {
  const before = new Map(
    await Promise.all(scopes.map(async (scope) => [scope, await dataKeys(scope)] as const)),
  );
  expect(await startRotation(null, SYSTEM, NOW)).toBe(
    await store().db.dataKey.count({ where: { purpose: "mac" } }),
  );
  await toTheEnd();
  for (const scope of scopes) {
    const [old, keys] = [before.get(scope), await dataKeys(scope)];
    expect(keys.encryption).toHaveLength(1);
    expect(keys.mac).toEqual(old?.mac);
    expect(await unreadableRows(scope, keys.encryption)).toEqual([]);
    const rows = await unreadableRows(scope, [newKey()]);
    for (const column of columnsOf(scope))
      expect(rows.filter((one) => one.column === column).length, column.table).toBeGreaterThanOrEqual(3);
    expect(await unreadableRows(scope, old?.encryption ?? keys.encryption)).toEqual(rows);
  }
  const purposes = await store().db.dataKey.groupBy({ by: ["purpose"], orderBy: { purpose: "asc" } });
  expect(purposes.map(({ purpose }) => purpose)).toEqual(["encryption", "mac"]);
});

test("killed after any batch, and beside writers, it continues, and everything can be read at every moment", async () => {
  await startRotation(license, SYSTEM, NOW);
  expect(await startRotation(license, SYSTEM, NOW)).toBe(0);
  const subjects = new Set(await assigned());
  let batches = 0;
  const dies = async () => {
    const subject = `acme\\writer${batches++}`;
    await assign(subject);
    subjects.add(subject);
    expect(new Set(await assigned())).toEqual(subjects);
    expect(await unreadableRows(license, (await dataKeys(license)).encryption)).toEqual([]);
    throw new Error("killed");
  };
  await toTheEnd(() => rotateKeys(NOW, { batch: 3, onBatch: dies }).catch(() => {}));
  expect(batches).toBeGreaterThan(20);
  expect(await unreadableRows(license, (await dataKeys(license)).encryption)).toEqual([]);
});

test("another server with old keys in memory reads and writes through a whole rotation", async () => {
  const other = replica();
  const beside = async (subject: string) => {
    await asReplica(other, () => assign(subject));
    const all = await assigned();
    expect(all).toContain(subject);
    expect(await asReplica(other, assigned)).toEqual(all);
  };
  await beside("acme\\before");
  await startRotation(license, SYSTEM, NOW);
  await beside("acme\\unaware");
  await asReplica(other, confirmKeys);
  await wait();
  await rotateKeys(NOW);
  await assign("acme\\new-key");
  await beside("acme\\announced");
  await wait();
  await rotateKeys(NOW);
  await asReplica(other, confirmKeys);
  await beside("acme\\aware");
  await toTheEnd();
  await beside("acme\\after");
  expect(await unreadableRows(license, (await dataKeys(license)).encryption)).toEqual([]);
});

test("keys that a server couldn't confirm for a minute are read again", async () => {
  const other = replica();
  const old = await asReplica(other, () => dataKeys(license));
  await startRotation(license, SYSTEM, NOW);
  await toTheEnd();
  expect(await asReplica(other, () => dataKeys(license))).toEqual(old);
  const later = performance.now() + 61_000;
  const clock = vi.spyOn(performance, "now").mockReturnValue(later);
  const renewed = await asReplica(other, () => dataKeys(license));
  clock.mockRestore();
  expect(renewed).toEqual(await dataKeys(license));
  expect(renewed.encryption).not.toEqual(old.encryption);
});

test("a row that was written under the old key behind the pass keeps that key until another pass", async () => {
  const old = await dataKeys(license);
  const [column] = columnsOf(license);
  if (!column) throw new Error("There is no column.");
  await startRotation(license, SYSTEM, NOW);
  await wait();
  await rotateKeys(NOW);
  await wait();
  await rotateKeys(NOW);
  const [row] = await readRows(store().sql, column, { scope: license, limit: 1 });
  const late = row && opened(column, row, (await dataKeys(license)).encryption);
  if (!row || !late) throw new Error("There is no row.");
  const sealed = encrypt(old.encryption, late, assignmentContext(license, row.position[0] ?? ""));
  const late64 = sealed.toString("base64");
  await store().db.$executeRaw`
    UPDATE assignment SET subject = decode(${late64}, 'base64') WHERE license = ${license}
    AND instance = ${row.position[0]}::bigint`;
  await wait();
  await rotateKeys(NOW);
  expect(await rotationStatus()).toEqual({ announced: 0, replacing: 1 });
  await toTheEnd();
  expect(await unreadableRows(license, (await dataKeys(license)).encryption)).toEqual([]);
});

test("it is in the audit: who started it, and each key that was replaced", async () => {
  const events = await store().db.auditEvent.findMany({
    where: { action: { startsWith: "data-key." } },
    orderBy: { sequence: "asc" },
  });
  const told = events.map(({ action, object, details }) => ({ action, object, details }));
  expect(told[0]).toEqual({
    action: "data-key.rotation-started",
    object: INSTALLATION,
    details: { keys: expect.any(Number) },
  });
  expect(told).toContainEqual({ action: "data-key.rotated", object: license, details: {} });
  expect(told).toContainEqual({ action: "data-key.rotation-started", object: license, details: { keys: 1 } });
});
