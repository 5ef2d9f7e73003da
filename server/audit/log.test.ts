import { beforeAll, expect, test } from "vitest";
import type { AuditAction } from "@/domain/audit-actions";
import type { Principal } from "@/server/access/gate";
import type { License } from "@/server/licenses/license";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { recordEvents } from "./audit";
import { verifyChain } from "./chain";
import { type AuditFilter, countNewer, listAudit } from "./log";

useStore();

let mine: License;
let other: License;
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const actor = { kind: "user" as const, id: "leo" };

const record = (chain: string, action: AuditAction, object: string, now = NOW) =>
  store().db.$transaction((tx) =>
    recordEvents(tx, chain, actor, now, [{ action, object, details: { b: 1, a: [null, "ö"] } }]),
  );

beforeAll(async () => {
  mine = await makeLicense();
  other = await makeLicense();
  for (const [i, { number }] of [mine, other, mine, mine].entries())
    await record(number, i === 2 ? "key.revoked" : "key.issued", `k${i}`, later(i + 1));
  await record(INSTALLATION, "token.created", "t1");
});

const objects = async (filter: AuditFilter = {}, principal: Partial<Principal> = {}) =>
  (await listAudit({ ...OWNER, ...principal }, { limit: 100, actor: "leo", ...filter })).items.map(
    ({ object }) => object,
  );

test("events are found by chain, action, noun, object and time, newest first", async () => {
  expect(await objects()).toEqual(["k3", "k2", "k1", "k0", "t1"]);
  expect(await objects({ chain: other.number })).toEqual(["k1"]);
  expect(await objects({ action: "key" })).toEqual(["k3", "k2", "k1", "k0"]);
  expect(await objects({ action: "key.revoked" })).toEqual(["k2"]);
  expect(await objects({ action: "ke_" })).toEqual([]);
  expect(await objects({ object: "k1" })).toEqual(["k1"]);
  expect(await objects({ from: later(2), to: later(4) })).toEqual(["k2", "k1"]);
  expect(await objects({ actor: "nobody" })).toEqual([]);
});

test("everyone can read the chains in their scope only", async () => {
  const customers = [mine.customer.id];
  expect(await objects({}, { role: "license-admin", customers })).toEqual(["k3", "k2", "k0"]);
  expect(await objects({ chain: other.number }, { role: "license-admin", customers })).toEqual([]);
  expect(await objects({}, { license: other.number })).toEqual(["k1"]);
  expect(await objects({ chain: INSTALLATION }, { license: other.number })).toEqual([]);
  expect(await objects({ chain: INSTALLATION }, { role: "auditor" })).toEqual(["t1"]);
});

test("events come in pages", async () => {
  const page = (cursor?: string) => listAudit(OWNER, { actor: "leo", limit: 2, cursor });
  const first = await page();
  const second = await page(first.cursor ?? "");
  expect([...first.items, ...second.items].map(({ object }) => object)).toEqual(["k3", "k2", "k1", "k0"]);
  await expect(listAudit(OWNER, { limit: 2, cursor: first.cursor ?? "" })).rejects.toMatchObject({
    code: "INVALID_CURSOR",
  });
});

test("the number of newer events is counted as the list shows them", async () => {
  const { number: chain } = await makeLicense();
  const leo = { actor: "leo" };
  const newest = async (filter: AuditFilter) =>
    (await listAudit(OWNER, { ...filter, limit: 1 })).items[0]?.id ?? "";
  const [created, latest] = [await newest({ chain }), await newest(leo)];
  for (const second of [10, 11]) await record(chain, "key.issued", "new", later(second));
  const count = (filter: AuditFilter, after: string, most = 9) =>
    countNewer(OWNER, { ...filter, after, most });
  expect(await count({ chain }, created)).toBe(2);
  expect(await count({ chain, action: "license" }, created)).toBe(0);
  expect(await count(leo, latest)).toBe(2);
  expect(await count(leo, latest, 1)).toBe(1);
  expect(await count(leo, await newest(leo))).toBe(0);
  const confined = { ...OWNER, customers: [other.customer.id] };
  await expect(countNewer(confined, { after: created, most: 9 })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("chains as they were written are intact", async () => {
  expect(await verifyChain(mine.number)).toEqual({ chain: mine.number, events: 4, whole: true });
  expect(await verifyChain(INSTALLATION)).toMatchObject({ whole: true });
  await expect(verifyChain("9999999999999999")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

const TAMPERINGS: [string, number, (chain: string) => Promise<unknown>][] = [
  [
    "a changed word",
    2,
    (chain) =>
      store().db.$executeRaw`UPDATE audit_event SET object = 'x' WHERE chain = ${chain} AND sequence = 2`,
  ],
  [
    "a changed detail",
    3,
    (chain) =>
      store().db
        .$executeRaw`UPDATE audit_event SET details = '{"b":2}' WHERE chain = ${chain} AND sequence = 3`,
  ],
  [
    "a changed time",
    1,
    (chain) =>
      store().db
        .$executeRaw`UPDATE audit_event SET at = at + interval '1 ms' WHERE chain = ${chain} AND sequence = 1`,
  ],
  [
    "a deleted row",
    2,
    (chain) => store().db.$executeRaw`DELETE FROM audit_event WHERE chain = ${chain} AND sequence = 2`,
  ],
  [
    "a deleted end",
    4,
    (chain) => store().db.$executeRaw`DELETE FROM audit_event WHERE chain = ${chain} AND sequence = 4`,
  ],
  [
    "rows in another order",
    2,
    async (chain) => {
      await store().db
        .$executeRaw`UPDATE audit_event SET sequence = 99 WHERE chain = ${chain} AND sequence = 2`;
      await store().db
        .$executeRaw`UPDATE audit_event SET sequence = 2 WHERE chain = ${chain} AND sequence = 3`;
      await store().db
        .$executeRaw`UPDATE audit_event SET sequence = 3 WHERE chain = ${chain} AND sequence = 99`;
    },
  ],
  [
    "a row put in at the end",
    5,
    (chain) => store().db.$executeRaw`
    INSERT INTO audit_event (id, chain, sequence, at, actor_kind, actor, action, object, details, hash)
    SELECT gen_random_uuid(), chain, 5, at, actor_kind, actor, action, object, details, hash FROM audit_event
    WHERE chain = ${chain} AND sequence = 4`,
  ],
  [
    "an end moved back",
    3,
    (chain) => store().db.$executeRaw`UPDATE roster SET audit_sequence = 3 WHERE license = ${chain}`,
  ],
];

test.each(TAMPERINGS)("%s is found, at %i", async (_, sequence, tamper) => {
  const { number } = await makeLicense();
  for (const object of ["a", "b", "c"]) await record(number, "key.issued", object);
  await tamper(number);
  expect(await verifyChain(number)).toMatchObject({ whole: false, bad: { sequence } });
});
