import { beforeEach, expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { declareAlias } from "@/server/assignments/aliases/alias-changes";
import { assignSeats } from "@/server/assignments/changes/seat-changes";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import { listRejections } from "@/server/assignments/lists/rejections";
import { listAudit } from "@/server/audit/log";
import { revokeToken } from "@/server/identity/tokens";
import type { License } from "@/server/licenses/license";
import { changeLicense } from "@/server/licenses/license-changes";
import { createLicense } from "@/server/licenses/licenses";
import { store } from "@/server/store/store";
import { type Call, licenseWithKey } from "@/server/testing/test-callers";
import { makeLicense, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { directory, scimClock } from "@/server/testing/test-scim";
import { useStore } from "@/server/testing/test-store";
import { patchFor, sync } from "@/server/testing/test-syncs";
import { searchedLicenses } from "@/server/users/user-seats";
import { changeConnection, removeConnection, removeRevoked } from "./connections";
import { type Effect, listEffects } from "./effects";
import { releaseUser } from "./releasing";
import type { ScimActing } from "./scim-acting";
import { scimKeys } from "./scim-keys";
import { settleAll } from "./settling";
import { deleteUser, patchUser } from "./users";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

let license: License & { call: Call };
beforeEach(async () => {
  license = await licenseWithKey({ allotments: [seats("analyzer", 3), seats("professional", 3)] });
  await changeLicense(license.number, { settings: { autoAssignAnalyzer: true } }, null, SYSTEM, NOW);
});

const customers = () => [license.customer.id];
const give = (number: string, allotment: string, ...subjects: string[]) =>
  assignSeats({ license: number, actor: SYSTEM, now: scimClock() }, subjects, allotment);
const held = async (number = license.number) =>
  (await liveSeats(number)).sorted("addedAt").map(({ subject, allotment }) => `${subject} ${allotment}`);
const effects = async (connection: string) =>
  (await listEffects(connection, { limit: 100 })).items
    .map(({ kind, isDone, subject, allotment }: Effect) => [kind, isDone, subject, allotment].join(" "))
    .toSorted();
const autoAdd = async (subject: string, more: object = {}) => {
  const { patches } = await sync(license.call(), [
    patchFor(license.number, subject, { auto: true, ...more }),
  ]);
  return patches[0]?.rejection;
};

test("a deactivation releases every seat in scope, found by each license's own matching", async () => {
  const exact = await createLicense(
    {
      customer: license.customer.name,
      ...{ product: "QSEfW", allotments: [seats("analyzer", 5)] },
      settings: { subjectMatching: "exact" },
    },
    SYSTEM,
    NOW,
  );
  const foreign = await makeLicense();
  await give(license.number, "analyzer", "ACME\\Bob", "eve");
  await give(license.number, "professional", "acme\\bob");
  await give(exact.number, "analyzer", "ACME\\Bob", "acme\\bob");
  await give(foreign.number, "analyzer", "acme\\bob");
  const entra = await directory({ customers: customers() });
  const bob = await entra.user("acme\\bob");
  await entra.setActive(bob, false);
  expect(await held()).toEqual(["eve analyzer"]);
  expect(await held(exact.number)).toEqual(["ACME\\Bob analyzer"]);
  expect(await held(foreign.number)).toEqual(["acme\\bob analyzer"]);
  expect(await effects(entra.id)).toEqual([
    "released true acme\\bob analyzer",
    "released true acme\\bob analyzer",
    "released true acme\\bob professional",
  ]);
  await settleAll(scimClock());
  expect(await effects(entra.id)).toContain("spelling false ACME\\Bob analyzer");
  expect(await held(exact.number)).toHaveLength(1);
});

test("while a user is inactive no product can assign a seat automatically, and people can", async () => {
  const entra = await directory({ customers: customers() });
  const bob = await entra.user("bob");
  expect(await autoAdd("bob")).toBe("");
  await entra.setActive(bob, false);
  expect([await autoAdd("BOB"), await autoAdd("eve")]).toEqual(["USER_INACTIVE", ""]);
  expect(await autoAdd("bob", { allotment: "professional" })).toBe("AUTO_ASSIGN_OFF");
  expect((await listRejections(license.number, { limit: 10 })).items.map(({ code }) => code)).toEqual(
    expect.arrayContaining(["USER_INACTIVE"]),
  );
  await give(license.number, "analyzer", "bob");
  expect(await held()).toEqual(["eve analyzer", "bob analyzer"]);
  await entra.setActive(bob, true);
  expect(await held()).toEqual(["eve analyzer", "bob analyzer"]);
});

test("a leaver is found by an alias, and gets no seat automatically under any name", async () => {
  await give(license.number, "analyzer", "acme\\bob");
  const scope = { license: license.number, actor: SYSTEM, now: NOW };
  await declareAlias(scope, { subject: "acme\\bob", alias: "bob@acme.example" });
  const entra = await directory({ customers: customers() });
  const bob = await entra.user("bob@acme.example");
  await entra.setActive(bob, false);
  expect(await held()).toEqual([]);
  expect([await autoAdd("acme\\bob"), await autoAdd("bob@acme.example"), await autoAdd("eve")]).toEqual([
    "USER_INACTIVE",
    "USER_INACTIVE",
    "",
  ]);
});

test("a reactivation gives nothing back, and products can assign again", async () => {
  await give(license.number, "analyzer", "bob");
  const entra = await directory({ customers: customers() });
  const bob = await entra.user("bob", { active: false });
  expect(await held()).toEqual([]);
  await entra.setActive(bob, true);
  expect(await held()).toEqual([]);
  expect(await autoAdd("bob")).toBe("");
});

test("a deleted user loses the seats everywhere, and nothing is kept of the user", async () => {
  await give(license.number, "analyzer", "bob", "eve");
  const entra = await directory({ customers: customers() });
  const bob = await entra.user("bob");
  await entra.remove(bob);
  expect(await held()).toEqual(["eve analyzer"]);
  expect(await effects(entra.id)).toEqual(["released true bob analyzer"]);
  expect(await store().db.scimUser.count({ where: { id: bob } })).toBe(0);
  expect(await autoAdd("bob"), "nobody is inactive any more").toBe("");
});

test("a user whom Entra ID deletes is renamed in the same PATCH, and loses the seats of the name before", async () => {
  await give(license.number, "analyzer", "bob@acme.example");
  const entra = await directory({ customers: customers() });
  const bob = await entra.user("bob@acme.example");
  const userName = "283405f5e2c14d0d9f6b1a7c3e5d8b90bob@acme.example";
  await entra.change(bob, { active: false, userName });
  expect(await held()).toEqual([]);
  expect(await autoAdd("bob@acme.example")).toBe("USER_INACTIVE");
  await entra.change(bob, { active: true, userName: "bob@acme.example" });
  expect(await autoAdd("bob@acme.example")).toBe("");
});

test("a user who is renamed while inactive is inactive under the new name", async () => {
  await give(license.number, "analyzer", "robert");
  const entra = await directory({ customers: customers() });
  const bob = await entra.user("bob", { active: false });
  await entra.change(bob, { userName: "robert" });
  expect(await held()).toEqual([]);
  expect([await autoAdd("robert"), await autoAdd("bob")]).toEqual(["USER_INACTIVE", ""]);
});

test.each<[string, (as: ScimActing, user: string) => Promise<unknown>, number]>([
  ["deleted", (as, user) => deleteUser(as, user, null), 0],
  ["renamed", (as, user) => patchUser(as, user, [{ op: "replace", value: { userName: "robert" } }], null), 1],
])(
  "a user who is %s while seats are being released leaves nothing outdated behind",
  async (_how, change, left) => {
    await give(license.number, "analyzer", "bob");
    const entra = await directory({ customers: customers() });
    const bob = await entra.user("bob");
    const as = await entra.acting();
    await patchUser(as, bob, [{ op: "replace", path: "active", value: false }], null);
    const before = await store().db.scimUser.findUniqueOrThrow({ where: { id: bob } });
    await change(as, bob);
    const licenses = await searchedLicenses(as.connection.scope);
    await releaseUser(as, await scimKeys(entra.id), before, licenses);
    await settleAll(scimClock());
    expect(await held()).toEqual([]);
    expect(await autoAdd("bob")).toBe("");
    expect(await store().db.scimUser.count({ where: { id: bob } })).toBe(left);
  },
);

test("another matching of subjects keeps inactive users out too", async () => {
  const entra = await directory({ customers: customers() });
  await entra.user("bob", { active: false });
  await changeLicense(license.number, { settings: { subjectMatching: "exact" } }, null, SYSTEM, NOW);
  expect([await autoAdd("bob"), await autoAdd("BOB")]).toEqual(["USER_INACTIVE", ""]);
});

test("a license that is new keeps inactive users out within a minute, and releases nothing elsewhere", async () => {
  const entra = await directory({ customers: customers() });
  await entra.user("bob", { active: false });
  await give(license.number, "analyzer", "bob");
  const wanted = { customer: license.customer.name, product: "QSEfW", allotments: [seats("analyzer", 5)] };
  const fresh = await createLicense(wanted, SYSTEM, NOW);
  await settleAll(scimClock());
  const marks = await store().db.scimInactive.count({ where: { license: fresh.number } });
  expect([marks, await held()]).toEqual([2, ["bob analyzer"]]);
});

test("report mode only tells, and its end does it", async () => {
  await give(license.number, "analyzer", "bob");
  const entra = await directory({ customers: customers(), report: true });
  const bob = await entra.user("bob");
  await entra.setActive(bob, false);
  await settleAll(scimClock());
  expect(await held()).toEqual(["bob analyzer"]);
  expect(await autoAdd("bob", { allotment: "professional" })).toBe("AUTO_ASSIGN_OFF");
  expect(await effects(entra.id)).toEqual(["released false bob analyzer"]);
  await changeConnection(OWNER, entra.id, { report: false }, SYSTEM, scimClock());
  await settleAll(scimClock());
  expect(await held()).toEqual([]);
  expect(await autoAdd("bob")).toBe("USER_INACTIVE");
  expect(await effects(entra.id)).toContain("released true bob analyzer");
});

test("what a crash left undone is done within a minute, once", async () => {
  await give(license.number, "analyzer", "bob");
  const entra = await directory({ customers: customers() });
  const bob = await entra.user("bob");
  await patchUser(await entra.acting(), bob, [{ op: "replace", path: "active", value: false }], null);
  expect(await held()).toEqual(["bob analyzer"]);
  await Promise.all([settleAll(scimClock()), settleAll(scimClock())]);
  expect(await held()).toEqual([]);
  expect(await effects(entra.id)).toEqual(["released true bob analyzer"]);
});

test("it is audited: who was deactivated by which connection, and each seat in its license", async () => {
  await give(license.number, "analyzer", "bob");
  const entra = await directory({ customers: customers() });
  const bob = await entra.user("bob");
  await entra.setActive(bob, false);
  const { items } = await listAudit(OWNER, { limit: 50, cursor: undefined });
  const own = items.filter(({ actor, object }) => actor === entra.id || object === bob);
  expect(own.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["scim.user-deactivated", "assignment.released"]),
  );
  expect(JSON.stringify(own)).not.toContain('"bob"');
});

test("a user without a subject is reported, and keeps no other from being released", async () => {
  await give(license.number, "analyzer", "eve");
  const entra = await directory({ customers: customers(), subject: "externalId" });
  await entra.user("bob", { active: false });
  await entra.user("e", { externalId: "eve", active: false });
  expect(await held()).toEqual([]);
  expect(await effects(entra.id)).toEqual(["no-subject false  ", "released true eve analyzer"]);
});

test.each(["its removal", "the end of its token"])("users go with the connection by %s", async (how) => {
  const entra = await directory({ customers: customers() });
  await entra.user("bob", { active: false });
  if (how === "its removal") await removeConnection(OWNER, entra.id, SYSTEM, scimClock());
  else {
    await revokeToken(OWNER, entra.id, SYSTEM, scimClock());
    await removeRevoked(scimClock());
  }
  const { db } = store();
  expect(await db.scimUser.count({ where: { connectionId: entra.id } })).toBe(0);
  expect(await db.dataKey.count({ where: { scope: `scim:${entra.id}` } })).toBe(0);
  expect(await autoAdd("bob")).toBe("");
});
