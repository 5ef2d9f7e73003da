import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import type { Actor } from "@/server/access/actor";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { useStore } from "@/server/testing/test-store";
import { type AuditEvent, recordEvents } from "./audit";
import { verifyChain } from "./chain";

useStore();

const actor: Actor = { kind: "user", id: "ada", address: "192.0.2.1", requestId: "r-1" };
const now = new Date("2026-01-02T03:04:05.678Z");
const events: AuditEvent[] = [
  { action: "license.created", object: "1", details: { units: 10, nested: { b: [1, null], a: "ö" } } },
  { action: "key.issued", object: "2" },
  { action: "key.revoked", object: "2", details: { reason: "leaked" } },
  { action: "license.settings-changed", object: "1", details: {} },
];

let chain: string;
beforeEach(async () => {
  chain = randomUUID();
  await store().db.roster.create({ data: { license: chain, epoch: "e", auditHead: new Uint8Array(32) } });
});

test("events recorded in one transaction or in several form one intact chain", async () => {
  await record(events.slice(0, 2));
  await record(events.slice(2));
  expect(await firstBadRow()).toBeNull();
  expect((await rows()).map(({ sequence, action }) => [Number(sequence), action])).toEqual([
    [1, "license.created"],
    [2, "key.issued"],
    [3, "key.revoked"],
    [4, "license.settings-changed"],
  ]);
});

test("the installation has a chain of its own", async () => {
  const before = await store().db.auditEvent.count({ where: { chain: INSTALLATION } });
  await record(events, INSTALLATION);
  expect(await store().db.auditEvent.count({ where: { chain: INSTALLATION } })).toBe(before + events.length);
  expect(await rows()).toEqual([]);
});

test("simultaneous writers wait for each other and leave no gap", async () => {
  await Promise.all(
    Array.from({ length: 12 }, (_, turn) => record([{ action: "key.issued", object: `${turn}` }])),
  );
  expect(await rows()).toHaveLength(12);
  expect(await firstBadRow()).toBeNull();
});

test("a failed transaction leaves neither event nor gap", async () => {
  await record(events.slice(0, 1));
  const failing = store().db.$transaction(async (tx) => {
    await recordEvents(tx, chain, actor, now, events);
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  await record(events.slice(1));
  expect(await rows()).toHaveLength(events.length);
  expect(await firstBadRow()).toBeNull();
});

test.each([
  ["at", { at: new Date(now.getTime() + 1) }],
  ["actorKind", { actorKind: "system" }],
  ["actor", { actor: "eve" }],
  ["action", { action: "key.shown" }],
  ["object", { object: "3" }],
  ["details", { details: { reason: "leaked?" } }],
  ["address", { address: null }],
  ["requestId", { requestId: "r-2" }],
  ["hash", { hash: new Uint8Array(32).fill(1) }],
])("a changed %s is found at its row", async (_, change) => {
  await record(events);
  await store().db.auditEvent.updateMany({ where: { chain, sequence: 3 }, data: change });
  expect(await firstBadRow()).toBe(3);
});

test.each([1, 2, 3, 4])("a deleted row %i is found at its position", async (sequence) => {
  await record(events);
  await store().db.auditEvent.deleteMany({ where: { chain, sequence } });
  expect(await firstBadRow()).toBe(sequence);
});

test("two swapped rows are found at the first", async () => {
  await record(events);
  const renumber = (from: number, to: number) =>
    store().db.auditEvent.updateMany({ where: { chain, sequence: from }, data: { sequence: to } });
  await renumber(2, 99);
  await renumber(3, 2);
  await renumber(99, 3);
  expect(await firstBadRow()).toBe(2);
});

test("an inserted row is found, even if it was copied from another position or chain", async () => {
  await record(events);
  const copied = await store().db.auditEvent.findFirstOrThrow({ where: { chain, sequence: 1 } });
  await store().db.auditEvent.create({ data: { ...copied, id: randomUUID(), details: {}, sequence: 5 } });
  expect(await firstBadRow()).toBe(5);
});

test("details come back from the store as they were hashed, whatever they are", async () => {
  const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
  const detail = fc
    .jsonValue({ stringUnit: "grapheme" })
    .filter((value) => !JSON.stringify(value).includes("\\u0000"));
  await fc.assert(
    fc.asyncProperty(fc.dictionary(text, detail), async (details) => {
      await record([{ action: "key.issued", object: "x", details }]);
      expect(await firstBadRow()).toBeNull();
    }),
    { numRuns: 40 },
  );
});

function record(some: AuditEvent[], on = chain): Promise<void> {
  return store().db.$transaction((tx) => recordEvents(tx, on, actor, now, some));
}

function rows() {
  return store().db.auditEvent.findMany({ where: { chain }, orderBy: { sequence: "asc" } });
}

/** The sequence of the first row that isn't as it was written, or null. */
async function firstBadRow(): Promise<number | null> {
  const found = await verifyChain(chain);
  return found.whole ? null : found.bad.sequence;
}
