import { beforeEach, expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { assignSeats, releaseSeats } from "@/server/assignments/changes/seat-changes";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import { listRejections } from "@/server/assignments/lists/rejections";
import type { License } from "@/server/licenses/license";
import { WHOLE } from "@/server/store/cursor";
import { makeLicense, OWNER, seats } from "@/server/testing/test-licenses";
import { directory, scimClock } from "@/server/testing/test-scim";
import { useStore } from "@/server/testing/test-store";
import { changeConnection, connectionById, listConnections, removeConnection } from "./connections";
import { listEffects } from "./effects";
import { settleAll } from "./settling";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

let license: License;
let entra: Awaited<ReturnType<typeof directory>>;
beforeEach(async () => {
  license = await makeLicense({ allotments: [seats("analyzer", 2), seats("professional", 2)] });
  entra = await directory({ license: license.number, groups: [mapping("Analysts")] });
});

const mapping = (group: string, allotment = "analyzer") => ({ group, license: license.number, allotment });
const scope = () => ({ license: license.number, actor: SYSTEM, now: scimClock() });
const give = (...subjects: string[]) => assignSeats(scope(), subjects, "analyzer");
const seatsHeld = async () => (await liveSeats(license.number)).sorted("addedAt");
const held = async () => (await seatsHeld()).map(({ subject }) => subject);
const release = async (name: string) => {
  const seat = (await seatsHeld()).find(({ subject }) => subject === name);
  await releaseSeats(scope(), [seat?.instance ?? ""]);
};
const effects = async () =>
  (await listEffects(entra.id, { limit: 100 })).items
    .map(({ kind, isDone, subject, code }) => [kind, isDone, subject, code ?? ""].join(" ").trim())
    .toReversed();

test("leaving releases only a seat that the mapping gave", async () => {
  await give("bob");
  const [bob, eve] = [await entra.user("bob"), await entra.user("eve")];
  const group = await entra.group("Analysts", bob, eve);
  expect(await held()).toEqual(["bob", "eve"]);
  await entra.leave(group, bob, eve);
  expect(await held()).toEqual(["bob"]);
});

test("whoever finds no unit is rejected once, and gets the seat when one frees, first come first served", async () => {
  const users = await Promise.all(["a", "b"].map((name) => entra.user(name)));
  const [c, d] = [await entra.user("c"), await entra.user("d")];
  const group = await entra.group("Analysts", ...users);
  await entra.join(group, c, d);
  await settleAll(scimClock());
  await settleAll(scimClock());
  const { items } = await listRejections(license.number, { limit: 10 });
  expect(items.map(({ subject, code, times }) => [subject, code, times]).toSorted()).toEqual([
    ["c", "NO_AVAILABLE_UNITS", 1],
    ["d", "NO_AVAILABLE_UNITS", 1],
  ]);
  await release("a");
  await settleAll(scimClock());
  expect((await held()).toSorted()).toEqual(["b", "c"]);
  expect((await effects()).slice(-1)).toEqual(["assigned true c"]);
});

test("a seat that an admin released isn't given again, and leaving is no error", async () => {
  const bob = await entra.user("bob");
  const group = await entra.group("Analysts", bob);
  await release("bob");
  await entra.join(group, bob);
  await settleAll(scimClock());
  expect(await held()).toEqual([]);
  await entra.leave(group, bob);
  await entra.join(group, bob);
  expect(await held()).toEqual(["bob"]);
});

test("a seat that two groups give is kept until the last one is left", async () => {
  await changeConnection(
    OWNER,
    entra.id,
    { groups: [mapping("Analysts"), mapping("Leads")] },
    SYSTEM,
    scimClock(),
  );
  const bob = await entra.user("bob");
  const [analysts, leads] = [await entra.group("Analysts", bob), await entra.group("Leads", bob)];
  await entra.leave(analysts, bob);
  expect(await held()).toEqual(["bob"]);
  await entra.leave(leads, bob);
  expect(await held()).toEqual([]);
});

test("a member who is inactive gets no seat, not even when activated", async () => {
  const bob = await entra.user("bob");
  const group = await entra.group("Analysts", bob);
  await entra.setActive(bob, false);
  await entra.setActive(bob, true);
  const eve = await entra.user("eve", { active: false });
  await entra.join(group, eve);
  await entra.setActive(eve, true);
  await settleAll(scimClock());
  expect(await held()).toEqual([]);
});

test.each(["inactive", "deleted"])(
  "a member who is %s loses the seat that the group gave under another name",
  async (how) => {
    const bob = await entra.user("bob");
    await entra.group("Analysts", bob);
    await entra.change(bob, { userName: "robert" });
    expect(await held()).toEqual(["bob"]);
    await (how === "deleted" ? entra.remove(bob) : entra.setActive(bob, false));
    expect(await held()).toEqual([]);
    expect((await effects()).at(-1)).toBe("released true robert");
  },
);

test("a new mapping gives seats to those who are members, and a removed one leaves them theirs", async () => {
  const [bob, eve] = [await entra.user("bob"), await entra.user("eve")];
  await entra.group("Leads", bob, eve);
  await changeConnection(OWNER, entra.id, { groups: [mapping("leads")] }, SYSTEM, scimClock());
  await settleAll(scimClock());
  expect(await held()).toEqual(["bob", "eve"]);
  await changeConnection(OWNER, entra.id, { groups: [] }, SYSTEM, scimClock());
  await settleAll(scimClock());
  expect(await held()).toEqual(["bob", "eve"]);
});

test("report mode foresees who gets a seat and who doesn't, and its end does it", async () => {
  await changeConnection(OWNER, entra.id, { report: true }, SYSTEM, scimClock());
  await give("z");
  const [a, b] = [await entra.user("a"), await entra.user("b")];
  const group = await entra.group("Analysts", a);
  await entra.join(group, b);
  await settleAll(scimClock());
  expect(await effects()).toEqual(["assigned false a", "refused false b NO_AVAILABLE_UNITS"]);
  expect(await held()).toEqual(["z"]);
  await changeConnection(OWNER, entra.id, { report: false }, SYSTEM, scimClock());
  await settleAll(scimClock());
  expect(await held()).toEqual(["z", "a"]);
});

test("two servers never give more seats than there are units, and each seat once", async () => {
  await changeConnection(OWNER, entra.id, { report: true }, SYSTEM, scimClock());
  const users = [await entra.user("a"), await entra.user("b"), await entra.user("c")];
  await entra.group("Analysts", ...users);
  await changeConnection(OWNER, entra.id, { report: false }, SYSTEM, scimClock());
  await Promise.all([settleAll(scimClock()), settleAll(scimClock())]);
  expect(await held()).toEqual(["a", "b"]);
  const { grants } = await connectionById(OWNER, entra.id);
  expect(grants.map(({ state, count }) => [state, count]).toSorted()).toEqual([
    ["given", 2],
    ["refused", 1],
  ]);
});

test("settings that can't work are refused", async () => {
  const change = (settings: object) => changeConnection(OWNER, entra.id, settings, SYSTEM, scimClock());
  const other = await makeLicense();
  await expect(change({ subject: "active" })).rejects.toThrow("path of a text");
  await expect(change({ groups: [{ ...mapping("x"), license: other.number }] })).rejects.toThrow(
    "doesn't reach",
  );
  await expect(change({ groups: [mapping("x", "nothing")] })).rejects.toThrow("no allotment with seats");
});

test("a license admin sees, changes and removes connections of the own customers only", async () => {
  const admin = { ...OWNER, id: "eve", role: "license-admin" as const, customers: [license.customer.id] };
  const stranger = { ...admin, customers: [(await makeLicense()).customer.id] };
  await expect(connectionById(stranger, entra.id)).rejects.toThrow("NOT_FOUND");
  expect((await listConnections(stranger, WHOLE)).items).toEqual([]);
  expect((await listConnections(admin, WHOLE)).items.map(({ id }) => id)).toEqual([entra.id]);
  await removeConnection(admin, entra.id, SYSTEM, scimClock());
  await expect(entra.user("bob")).rejects.toThrow("gone");
});
