import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { DAY } from "@/domain/month";
import { SYSTEM } from "@/server/access/actor";
import { declareAlias } from "@/server/assignments/aliases/alias-changes";
import { assignSeats } from "@/server/assignments/changes/seat-changes";
import { linkSeat } from "@/server/assignments/changes/seat-linking";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import { seatHistory } from "@/server/assignments/lists/seat-history";
import { changeAssignments } from "@/server/assignments/log/assignment-changes";
import { monthUsage } from "@/server/consumption/usage";
import { activate } from "@/server/deployments/activations";
import { deploymentFacets, listDeployments } from "@/server/deployments/deployment-list";
import { findDeployment, forgetDeployment } from "@/server/deployments/deployments";
import { licenseByNumber } from "@/server/licenses/licenses";
import { runCheck } from "@/server/maintenance/check";
import { previewDefinition } from "@/server/overview/definition-preview";
import { licenseBoard } from "@/server/overview/license-board";
import { withEffects } from "@/server/store/statement-result";
import { store } from "@/server/store/store";
import { minutes, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { deploymentOf, offlineDeployment } from "@/server/testing/test-offline-logs";
import { useStore } from "@/server/testing/test-store";
import { baseOf, patchFor, sync } from "@/server/testing/test-syncs";
import { uploadLog } from "./offline-logs";
import { closeLog, countLogs, listLogs, replyTo } from "./uploaded-logs";

useStore();

const later = (ms: number) => new Date(NOW.getTime() + ms);
const OPAQUE = "d41d8cd98f00b204e9800998ecf8427e";

async function seated(number: string) {
  const { items } = await listAssignments(number, { limit: 100, sort: "subject" }, NOW);
  return items.map(({ subject, allotment }) => `${subject} ${allotment}`);
}

test("a log's seats count against the same units as all others, and uploading it again changes nothing", async () => {
  const deployment = await offlineDeployment();
  const other = deployment.call();
  await sync(other, [patchFor(deployment.number, "acme\\bob")]);
  const whole = deployment.log("assignments", [
    deployment.add("ACME\\Bob"),
    deployment.add("acme\\eve"),
    { ...deployment.add("x"), subject: OPAQUE.toUpperCase() },
    deployment.add("acme\\kim"),
    deployment.add("acme\\eve", { deleted: later(DAY).toISOString() }),
  ]);
  const rejected = [{ sequence: 4, rejection: "NO_AVAILABLE_UNITS" }];
  const told = await deployment.upload(whole);
  expect(told).toMatchObject({ kind: "assignments", through: 5, lines: 5, new: 5, rejected });
  expect(told.effects).toEqual({ added: 3, released: 1, minutes: [] });
  expect(told.replied).toMatchObject({
    license: deployment.number,
    source: "mill-1",
    kind: "assignments",
    through: 5,
  });
  expect(told.replied).toMatchObject({ rejected, released: [] });
  expect(await seated(deployment.number)).toEqual(["acme\\bob analyzer", `hash:${OPAQUE} analyzer`]);
  const again = await deployment.upload(whole, later(DAY));
  expect(again).toMatchObject({ through: 5, lines: 5, new: 0, rejected, replied: told.replied });
  expect(await findDeployment(deployment.number, "mill-1", NOW)).toMatchObject({
    ...{ product: "QSEfW", version: "1.6.4", lastUpload: later(DAY), lastSync: null, lastReport: null },
  });
  expect((await listLogs(deployment.number, { limit: 100 })).items).toMatchObject([
    {
      source: "mill-1",
      checkout: deployment.checkout,
      through: 5,
      rejected: 1,
      firstUpload: NOW,
      lastUpload: later(DAY),
    },
  ]);
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

test("a deployment whose logs are uploaded is offline, not silent, however long ago that was", async () => {
  const deployment = await offlineDeployment();
  await deployment.upload(deployment.log("assignments", [deployment.add("acme\\bob")]));
  const now = later(40 * DAY);
  const { counts } = await deploymentFacets(deployment.number, now);
  expect(counts).toMatchObject({ all: 1, offline: 1, silent: 0, forgettable: 0 });
  const listed = await listDeployments(deployment.number, { limit: 9, state: "offline" }, now);
  expect(listed.items).toMatchObject([{ source: "mill-1", lastUpload: NOW }]);
  const board = (at: Date) => licenseBoard(OWNER, { limit: 50, query: deployment.number, silent: true }, at);
  expect((await board(later(3 * DAY))).items).toEqual([]);
  await sync(deployment.call({ source: "mill-1" }));
  expect(await deploymentFacets(deployment.number, NOW)).toMatchObject({ counts: { offline: 0 } });
  expect((await board(later(3 * DAY))).items).toMatchObject([{ number: deployment.number }]);
});

test("an upload isn't a contact: it doesn't update the last call, and the deployment can't be forgotten for 30 days after it", async () => {
  const site = await offlineDeployment();
  const text = site.log("assignments", [site.add("acme\\bob")]);
  await site.upload(text);
  const { counts } = await deploymentFacets(site.number, NOW);
  expect(counts).toMatchObject({ all: 1, seen: 0, silent: 0, offline: 1 });
  expect((await listDeployments(site.number, { limit: 9, state: "seen" }, NOW)).items).toEqual([]);
  expect((await listDeployments(site.number, { limit: 9, before: later(DAY) }, NOW)).items).toEqual([]);
  const contact = async () =>
    (await licenseBoard(OWNER, { limit: 50, query: site.number }, NOW)).items[0]?.glance.contact;
  expect(await contact()).toBeNull();
  expect(await findDeployment(site.number, "mill-1", NOW)).toMatchObject({ lastSeen: null, firstSeen: NOW });
  await site.upload(text, later(40 * DAY));
  const forget = (days: number) => forgetDeployment(site.number, "mill-1", SYSTEM, later(days * DAY));
  await expect(forget(69)).rejects.toMatchObject({ code: "DEPLOYMENT_ALIVE" });
  await activate(site.call(), "Initial", later(DAY));
  expect(await contact()).toEqual(later(DAY));
  await forget(70);
});

test("uploads don't change the days of calls", async () => {
  const site = await offlineDeployment();
  const text = site.log("assignments", [site.add("acme\\bob")]);
  const days = async (at: number) => {
    const { contacts = [] } = (await findDeployment(site.number, "mill-1", later(at * DAY))) ?? {};
    return contacts.map(({ called }) => (called === null ? "?" : called ? "x" : ".")).join("");
  };
  await site.upload(text);
  expect(await days(2)).toBe("????????????..");
  await activate(site.call({ source: "mill-1" }), "Initial", later(3 * DAY));
  expect(await days(3)).toBe("???????????..x");
  await site.upload(text, later(5 * DAY));
  expect(await days(5)).toBe("?????????..x..");
  await activate(site.call({ source: "mill-1" }), "Update", later(6 * DAY));
  expect(await days(6)).toBe("????????..x..x");
});

test("a call on the day of the first upload is a contact of that day", async () => {
  const site = await offlineDeployment();
  await site.upload(site.log("assignments", [site.add("acme\\bob")]));
  await activate(site.call({ source: "mill-1" }), "Initial", later(1000));
  expect(await findDeployment(site.number, "mill-1", NOW)).toMatchObject({ lastSeen: later(1000) });
  expect((await findDeployment(site.number, "mill-1", NOW))?.contacts.at(-1)).toMatchObject({ called: true });
});

test("an upload sends its deployment nothing: out of reach, the deployment keeps old terms as long as before", async () => {
  const deployment = await offlineDeployment();
  const toldUntil = async (at: Date) => {
    const { definition, version } = await licenseByNumber(deployment.number, at);
    return (await previewDefinition(deployment.number, definition, version, { names: false, now: at }))
      .toldUntil;
  };
  await deployment.upload(deployment.log("assignments", [deployment.add("acme\\bob")]));
  expect(await toldUntil(NOW)).toBeNull();
  await sync(deployment.call());
  const lease = await toldUntil(NOW);
  expect(lease).toBeInstanceOf(Date);
  await deployment.upload(
    deployment.log("assignments", [deployment.add("acme\\bob"), deployment.add("acme\\eve")]),
    later(DAY),
  );
  expect(await toldUntil(later(DAY))).toEqual(lease);
});

test("logs are listed page by page, last upload first", async () => {
  const mill = await offlineDeployment();
  const { number } = mill;
  const uploads: [string, number][] = [
    ["mill-2", 0],
    ["mill-3", 0],
    ["mill-4", 2],
  ];
  await mill.upload(mill.log("assignments", [mill.add("acme\\bob")]), later(1));
  for (const [source, at] of uploads) {
    const other = await deploymentOf(number, source);
    await other.upload(
      other.log("assignments", [other.add("acme\\bob"), other.add("x", { allotment: "no" })]),
      later(at),
    );
  }
  const first = await listLogs(number, { limit: 3 });
  const rest = await listLogs(number, { limit: 3, cursor: first.cursor ?? "" });
  expect([rest.items.length, rest.cursor, await countLogs(number)]).toEqual([1, null, 4]);
  const logs = [...first.items, ...rest.items];
  expect(logs.slice(0, 2)).toMatchObject([
    { source: "mill-4", rejected: 1 },
    { source: "mill-1", rejected: 0 },
  ]);
  expect(
    logs
      .slice(2)
      .map(({ source }) => source)
      .sort(),
  ).toEqual(["mill-2", "mill-3"]);
});

test("an upload reports its progress, chunk by chunk", async () => {
  const deployment = await offlineDeployment([seats("analyzer", 3000)]);
  const text = deployment.log(
    "assignments",
    Array.from({ length: 2300 }, (_, i) => deployment.add(`user ${i}`)),
  );
  const told: number[] = [];
  const onProgress = (through: number) => told.push(through);
  await uploadLog({
    ...{ license: deployment.number, kind: null, bytes: Buffer.from(text), now: NOW, onProgress },
    uploader: { actor: SYSTEM, jti: null },
  });
  expect(told).toEqual([1000, 2000, 2300]);
});

test("the lines after the last stored one are applied from a whole file and from a part of it", async () => {
  const deployment = await offlineDeployment([seats("analyzer", 3000)]);
  const lines = Array.from({ length: 2300 }, (_, i) => deployment.add(`user ${i}`));
  const text = deployment.log("assignments", lines);
  const first = text.split("\n").slice(0, 1201).join("\n");
  expect(await deployment.upload(first)).toMatchObject({ through: 1200, new: 1200 });
  expect(await deployment.upload(text)).toMatchObject({ through: 2300, new: 1100, lines: 2300 });
  const more = deployment.log("assignments", [...lines, deployment.add("one more")]).split("\n");
  expect(await deployment.upload([more[0], more.at(-2)].join("\n"))).toMatchObject({
    through: 2301,
    new: 1,
    lines: 1,
  });
  expect(await store().db.assignment.count({ where: { license: deployment.number } })).toBe(2301);
  // An older copy of the file has nothing new.
  expect(await deployment.upload(first)).toMatchObject({ through: 2301, new: 0, lines: 1200 });
});

const FAILING = `CREATE FUNCTION fail_later() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN IF NEW.through > 1000 THEN RAISE EXCEPTION 'made to fail'; END IF; RETURN NEW; END $$`;

test("an upload that fails between two chunks continues at the next one, and nothing counts twice", async () => {
  const deployment = await offlineDeployment([seats("analyzer", 3000), minutes("analyzer_time", 9000)]);
  const logs = [
    deployment.log(
      "assignments",
      Array.from({ length: 1010 }, (_, i) => deployment.add(`user ${i}`)),
    ),
    deployment.log(
      "consumption",
      Array.from({ length: 1010 }, () => ({ allotment: "analyzer_time", month: "2026-08", minutes: 6 })),
    ),
  ];
  const { db } = store();
  const through = async () =>
    (await listLogs(deployment.number, { limit: 100 })).items.map((log) => log.through);
  await db.$executeRawUnsafe(FAILING);
  await db.$executeRawUnsafe(
    "CREATE TRIGGER fail_later BEFORE UPDATE ON offline_log FOR EACH ROW EXECUTE FUNCTION fail_later()",
  );
  try {
    for (const log of logs) await expect(deployment.upload(log)).rejects.toThrow("made to fail");
  } finally {
    await db.$executeRawUnsafe("DROP TRIGGER fail_later ON offline_log");
    await db.$executeRawUnsafe("DROP FUNCTION fail_later()");
  }
  expect(await through()).toEqual([1000, 1000]);
  for (const log of logs) expect(await deployment.upload(log)).toMatchObject({ through: 1010, new: 10 });
  expect(await db.assignment.count({ where: { license: deployment.number } })).toBe(1010);
  const [usage] = (await monthUsage(deployment.number, "2026-08", NOW)).allotments;
  expect(usage).toMatchObject({ total: 6060 });
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

test("minutes are booked to their months, on the day of use clamped to them, and other allotments are rejected", async () => {
  const deployment = await offlineDeployment([seats("analyzer", 3), minutes("analyzer_time", 100)]);
  const used = (count: number, at: string, month: string) => ({
    allotment: "Analyzer_Time",
    minutes: count,
    at,
    month,
  });
  const whole = deployment.log("consumption", [
    used(6, "2026-07-31T23:58:00Z", "2026-07"),
    used(12, "2026-08-01T00:02:00Z", "2026-07"),
    used(18, "2026-08-03T10:00:00+02:00", "2026-08"),
    { ...used(6, "2026-08-03T10:00:00Z", "2026-08"), allotment: "analyzer" },
    { ...used(6, "2026-08-03T10:00:00Z", "2026-08"), allotment: "core_time" },
  ]);
  const rejected = [
    { sequence: 4, rejection: "NOT_METERED" },
    { sequence: 5, rejection: "UNKNOWN_ALLOTMENT" },
  ];
  const effects = {
    ...{ added: 0, released: 0 },
    minutes: [
      { allotment: "Analyzer_Time", month: "2026-07", minutes: 18 },
      { allotment: "Analyzer_Time", month: "2026-08", minutes: 18 },
    ],
  };
  expect(await deployment.preview(whole)).toMatchObject({ new: 5, rejected, effects, reply: null });
  expect(await store().db.usage.count({ where: { license: deployment.number } })).toBe(0);
  expect(await deployment.upload(whole)).toMatchObject({ through: 5, rejected, effects });
  expect(await deployment.upload(whole)).toMatchObject({ new: 0, effects: { minutes: [] } });
  const [july] = (await monthUsage(deployment.number, "2026-07", NOW)).allotments;
  expect(july).toMatchObject({ total: 18, bySource: [{ source: "mill-1", consumed: 18 }] });
  expect(july?.byDay).toEqual([{ day: "2026-07-31", source: "mill-1", consumed: 18 }]);
  const late = await store().db.usageLate.findMany({ where: { license: deployment.number } });
  expect(late).toMatchObject([{ month: "2026-07", consumed: 18n, source: "mill-1" }]);
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

test("a preview shows what an upload would do, and writes nothing", async () => {
  const deployment = await offlineDeployment([seats("analyzer", 1)]);
  const whole = deployment.log("assignments", [deployment.add("acme\\bob"), deployment.add("acme\\eve")]);
  const rejected = [{ sequence: 2, rejection: "NO_AVAILABLE_UNITS" }];
  expect(await deployment.preview(whole)).toMatchObject({
    through: 2,
    new: 2,
    rejected,
    effects: { added: 1 },
    reply: null,
  });
  expect(await seated(deployment.number)).toEqual([]);
  expect((await listLogs(deployment.number, { limit: 100 })).items).toEqual([]);
  expect(await findDeployment(deployment.number, "mill-1", NOW)).toBeNull();
  await deployment.upload(whole);
  expect(await deployment.preview(whole)).toMatchObject({
    through: 2,
    new: 0,
    rejected,
    effects: { added: 0 },
  });
});

test("a seat that an admin releases after the upload is in the next reply", async () => {
  const deployment = await offlineDeployment();
  const lines = [
    deployment.add("acme\\bob"),
    deployment.add("acme\\eve"),
    deployment.add("acme\\eve", { deleted: NOW.toISOString() }),
  ];
  const { log } = await deployment.upload(deployment.log("assignments", lines));
  const { items } = await listAssignments(deployment.number, { limit: 9 }, NOW);
  const deleted = NOW.toISOString();
  const instance = items[0]?.instance ?? "";
  await changeAssignments(deployment.number, [patchFor(deployment.number, "", { instance, deleted })], {
    ...{ source: "admin", actor: SYSTEM, now: NOW },
  });
  const again = await deployment.upload(
    deployment.log("assignments", [...lines, deployment.add("acme\\kim")]),
  );
  expect(again.replied).toMatchObject({ through: 4, rejected: [], released: [1] });
  expect(await replyTo(deployment.number, log, NOW)).toMatch(/^eyJ/);
});

test("a hashed seat takes the name of a later add: the same instance and rank, no second seat", async () => {
  const deployment = await offlineDeployment([seats("analyzer", 2)]);
  await deployment.upload(
    deployment.log("assignments", [deployment.add("acme\\bob"), deployment.add("acme\\eve")]),
  );
  const online = deployment.call();
  const before = await sync(online);
  const hashed = before.patches.find(({ subject }) => subject === `hash:${deployment.hash("acme\\bob")}`);
  expect(hashed).toBeDefined();
  const taken = await sync(online, [patchFor(deployment.number, "ACME\\Bob")], { base: baseOf(before) });
  expect(taken.patches).toMatchObject([
    { instance: hashed?.instance, subject: "ACME\\Bob", rejection: "", rank: hashed?.version, version: 3 },
  ]);
  expect(await seated(deployment.number)).toContain("ACME\\Bob analyzer");
  // It stays the same seat for the log, under the name.
  const lines = [
    deployment.add("acme\\bob"),
    deployment.add("acme\\eve"),
    deployment.add("acme\\bob", { deleted: NOW.toISOString() }),
  ];
  await deployment.upload(deployment.log("assignments", lines));
  expect(await seated(deployment.number)).toEqual([`hash:${deployment.hash("acme\\eve")} analyzer`]);
  // A released seat leaves no hash behind.
  const gone = await store().db.assignment.findMany({
    where: { license: deployment.number, deleted: { not: null } },
  });
  expect(gone).toMatchObject([{ subject: null }]);
  expect(await store().db.offlineHash.count({ where: { license: deployment.number } })).toBe(1);
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

test("an admin who assigns a user with a known hash names that seat, and an undo can't release it", async () => {
  const deployment = await offlineDeployment([seats("analyzer", 1)]);
  await deployment.upload(deployment.log("assignments", [deployment.add("acme\\bob")]));
  const scope = { license: deployment.number, actor: SYSTEM, now: NOW };
  const { done, left, undo } = await assignSeats(scope, ["acme\\bob"], "analyzer");
  expect({ done, undo, codes: left.map(({ code }) => code) }).toEqual({
    done: [],
    codes: ["ALREADY_ASSIGNED"],
  });
  expect(await seated(deployment.number)).toEqual(["acme\\bob analyzer"]);
  const { items } = await listAssignments(deployment.number, { limit: 9 }, NOW);
  const history = await seatHistory(deployment.number, items[0]?.instance ?? "", NOW);
  expect(history?.events.map(({ kind }) => kind)).toEqual(["named", "added"]);
});

test("only a log takes a seat for a hash; a deployment that knows the seat may send it again", async () => {
  const deployment = await offlineDeployment();
  const online = deployment.call();
  const asked = `HASH:${OPAQUE}`;
  const refused = await sync(online, [patchFor(deployment.number, asked)]);
  expect(refused.patches).toMatchObject([{ subject: asked, rejection: "INVALID_SUBJECT" }]);
  await deployment.upload(deployment.log("assignments", [{ ...deployment.add("x"), subject: OPAQUE }]));
  const known = await sync(online, [patchFor(deployment.number, asked)]);
  expect(known.patches).toMatchObject([{ subject: `hash:${OPAQUE}`, rejection: "" }]);
});

test("the hash of an alias is its user's seat", async () => {
  const deployment = await offlineDeployment();
  await sync(deployment.call(), [patchFor(deployment.number, "acme\\bob")]);
  const scope = { license: deployment.number, actor: SYSTEM, now: NOW };
  await declareAlias(scope, { subject: "acme\\bob", alias: "bob@acme.example" });
  await deployment.upload(deployment.log("assignments", [deployment.add("bob@acme.example")]));
  expect(await seated(deployment.number)).toEqual(["acme\\bob analyzer"]);
});

test("a seat that a log took for a hash is settled by an alias of that name", async () => {
  const deployment = await offlineDeployment();
  await deployment.upload(deployment.log("assignments", [deployment.add("bob@acme.example")]));
  await sync(deployment.call(), [patchFor(deployment.number, "acme\\bob")]);
  const scope = { license: deployment.number, actor: SYSTEM, now: NOW };
  const named = { subject: "acme\\bob", alias: "bob@acme.example" };
  expect(await declareAlias(scope, named)).toMatchObject({ released: [{ subject: "acme\\bob" }] });
  expect(await seated(deployment.number)).toEqual(["acme\\bob analyzer"]);
});

test("two sites know one user by one hash, and an opaque hash is linked to a user by hand", async () => {
  const deployment = await offlineDeployment();
  const second = await deploymentOf(deployment.number, "mill-2");
  await deployment.upload(
    deployment.log("assignments", [deployment.add("acme\\bob"), { ...deployment.add("x"), subject: OPAQUE }]),
  );
  await second.upload(second.log("assignments", [second.add("acme\\bob")]));
  const { items } = await listAssignments(deployment.number, { limit: 9 }, NOW);
  expect(items).toHaveLength(2);
  const opaque = items.find(({ subject }) => subject === `hash:${OPAQUE}`);
  const hashed = items.find(({ subject }) => subject !== `hash:${OPAQUE}`);
  const link = (instance = "", subject = "acme\\eve") =>
    linkSeat(deployment.number, { instance, subject }, SYSTEM, NOW);
  await expect(link(opaque?.instance, `hash:${OPAQUE}`)).rejects.toMatchObject({ code: "INVALID_SUBJECT" });
  await link(opaque?.instance);
  await expect(link(hashed?.instance)).rejects.toMatchObject({ code: "ALREADY_LINKED" });
  await expect(link(opaque?.instance, "acme\\kim")).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  await expect(link("77")).rejects.toMatchObject({ code: "NOT_FOUND" });
  // Both the old hash and the user's own hash mean this seat from now on.
  await second.upload(second.log("assignments", [second.add("acme\\bob"), second.add("acme\\eve")]));
  expect(await seated(deployment.number)).toEqual([
    "acme\\eve analyzer",
    `hash:${deployment.hash("acme\\bob")} analyzer`,
  ]);
  const more = [deployment.add("acme\\bob"), { ...deployment.add("x"), subject: OPAQUE }];
  await deployment.upload(
    deployment.log("assignments", [...more, { ...more[1], deleted: NOW.toISOString() }]),
  );
  expect(await seated(deployment.number)).toEqual([`hash:${deployment.hash("acme\\bob")} analyzer`]);
  const actions = await store().db.auditEvent.findMany({
    where: { chain: deployment.number, action: { in: ["assignment.named", "offline-log.uploaded"] } },
    orderBy: { sequence: "asc" },
    select: { action: true, details: true },
  });
  expect(actions.map(({ action }) => action).filter((action) => action === "assignment.named")).toHaveLength(
    1,
  );
  expect(JSON.stringify(actions)).not.toMatch(/acme/);
});

test("seats that were taken before the first log are found by their hashes", async () => {
  const deployment = await offlineDeployment([seats("analyzer", 5000)]);
  const online = deployment.call();
  await sync(
    online,
    Array.from({ length: 2100 }, (_, i) => patchFor(deployment.number, `user ${i}`)),
  );
  await deployment.upload(
    deployment.log("assignments", [deployment.add("USER 7"), deployment.add("user 2099")]),
  );
  expect(await store().db.assignment.count({ where: { license: deployment.number } })).toBe(2100);
  await sync(online, [patchFor(deployment.number, "a new one")]);
  await deployment.upload(
    deployment.log("assignments", [
      deployment.add("USER 7"),
      deployment.add("user 2099"),
      deployment.add("a new one"),
    ]),
  );
  expect(await store().db.assignment.count({ where: { license: deployment.number } })).toBe(2101);
});

type Site = Awaited<ReturnType<typeof offlineDeployment>>;
const two = (deployment: Site) =>
  deployment.log("assignments", [deployment.add("acme\\bob"), deployment.add("acme\\eve")]);
const cut = (text: string, from: number, to?: number) => text.split("\n").slice(from, to).join("\n");

test.each<[what: string, code: string, pointer: string | undefined, text: (site: Site) => string]>([
  ["nothing", "INVALID_LOG", "/lines/0", () => ""],
  ["a header cut off", "INVALID_LOG", "/lines/0", (deployment) => cut(two(deployment), 1)],
  ["a line cut in the middle", "INVALID_LOG", "/lines/2", (deployment) => two(deployment).slice(0, -40)],
  [
    "a line edited",
    "INVALID_LOG",
    "/lines/2",
    (deployment) =>
      two(deployment)
        .replace(/"created":"2026-08-24T10:00:00.000Z","sequence":2/, "")
        .replace(deployment.hash("acme\\eve"), deployment.hash("acme\\kim")),
  ],
  [
    "a byte that isn't UTF-8",
    "INVALID_LOG",
    "/lines/1",
    (deployment) => two(deployment).replace('"analyzer"', '"analyz\uFFFDer"'),
  ],
  [
    "another license",
    "WRONG_LICENSE",
    undefined,
    (deployment) => deployment.log("assignments", [], { license: "9999000000001253" }),
  ],
  [
    "a checkout that is unknown",
    "UNKNOWN_CHECKOUT",
    undefined,
    (deployment) => deployment.log("assignments", [], { checkout: randomUUID() }),
  ],
  [
    "a checkout of another site",
    "UNKNOWN_CHECKOUT",
    undefined,
    (deployment) => deployment.log("assignments", [], { source: "mill-9" }),
  ],
])("a log with %s is refused and changes nothing", async (_, code, pointer, text) => {
  const deployment = await offlineDeployment();
  const refused = await deployment.upload(text(deployment)).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code, faults: pointer ? [{ pointer }] : [] });
  expect(await seated(deployment.number)).toEqual([]);
  expect((await listLogs(deployment.number, { limit: 100 })).items).toEqual([]);
});

test("missing lines, a log that continued differently, and a second log of a deployment are refused until an admin closes the first", async () => {
  const deployment = await offlineDeployment();
  const whole = two(deployment);
  await expect(deployment.upload([cut(whole, 0, 1), cut(whole, 2)].join("\n"))).rejects.toMatchObject({
    code: "LOG_GAP",
  });
  const { log } = await deployment.upload(whole);
  const restored = deployment.log("assignments", [
    deployment.add("acme\\bob"),
    deployment.add("acme\\kim"),
    deployment.add("acme\\eve"),
  ]);
  await expect(deployment.upload(restored)).rejects.toMatchObject({ code: "LOG_DIVERGED" });
  const begun = deployment.log("assignments", [deployment.add("acme\\kim")], { log: randomUUID() });
  await expect(deployment.upload(begun)).rejects.toMatchObject({ code: "LOG_DIVERGED" });
  await expect(deployment.uploadAs("consumption", begun)).rejects.toMatchObject({ code: "INVALID_LOG" });
  expect(await seated(deployment.number)).toHaveLength(2);
  await closeLog(deployment.number, log, "The deployment was restored.", SYSTEM, NOW);
  expect(await deployment.upload(begun)).toMatchObject({ through: 1, new: 1 });
  await expect(deployment.upload(whole)).rejects.toMatchObject({ code: "LOG_CLOSED" });
  expect((await listLogs(deployment.number, { limit: 100 })).items).toHaveLength(2);
});

test("a deployment that is online, or whose log is being uploaded, is refused", async () => {
  const deployment = await offlineDeployment();
  await sync(deployment.call({ source: "mill-1" }), [patchFor(deployment.number, "acme\\kim")]);
  await expect(deployment.upload(two(deployment))).rejects.toMatchObject({ code: "SOURCE_IS_ONLINE" });
  const other = await offlineDeployment();
  const { log } = await other.upload(two(other));
  const where = { license_log: { license: other.number, log } };
  const turn = { turn: randomUUID(), turnUntil: later(60_000) };
  await store().db.offlineLog.update({ where, data: turn });
  await expect(other.upload(two(other))).rejects.toMatchObject({ code: "UPLOAD_RUNNING" });
  // An upload that was cut off doesn't hold the log for long.
  expect(await other.upload(two(other), later(61_000))).toMatchObject({ new: 0 });
});

test("a log is applied in full, however long ago its request came", async () => {
  const deployment = await offlineDeployment();
  const told = await withEffects(() => deployment.upload(two(deployment)), performance.now() - 60_000);
  expect(told).toMatchObject({ through: 2, new: 2, rejected: [] });
});
