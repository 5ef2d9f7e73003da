import { expect, test, vi } from "vitest";
import { DAY } from "@/domain/month";
import {
  dueSessions,
  prunedReports,
  type SessionReport,
  withConfirmed,
  withSessionUse,
} from "./session-reports";
import { licensed, MINUTE, type World } from "./test-agent";

vi.setConfig({ testTimeout: 60_000 });

const sessions = ({ backend }: World) =>
  [...backend.use.sessions.values()]
    .map(({ subject, app, minutes }) => ({ subject, app, minutes }))
    .toSorted((a, b) => b.minutes - a.minutes);
const denials = ({ backend }: World) =>
  [...backend.use.denials.values()].map(({ reason, allotment, subject, count }) => [
    reason,
    allotment,
    subject,
    count,
  ]);
const total = ({ backend }: World) => backend.total("2026-03");
const requests = ({ backend }: World) => backend.seen.filter(({ path }) => path === "/v1/consumption").length;

test("what is charged is told by user, session and app, cumulatively, and adds up to the total", async () => {
  const all = await licensed();
  const { agent, clock } = all;
  await agent.time({ minutes: 5, subject: "acme\\bob", session: "1", app: "Sales" });
  await agent.time({ minutes: 10, session: "2" });
  await clock.advance(MINUTE);
  expect(sessions(all)).toEqual([
    { subject: undefined, app: undefined, minutes: 12 },
    { subject: "acme\\bob", app: "Sales", minutes: 6 },
  ]);
  await agent.time({ minutes: 14, subject: "acme\\bob", session: "1", app: "Sales" });
  await agent.time({ minutes: 6, subject: "acme\\bob", session: "1", app: "Stock" });
  await clock.advance(MINUTE);
  expect(sessions(all)).toContainEqual({ subject: "acme\\bob", app: "Sales", minutes: 24 });
  expect(sessions(all)).toContainEqual({ subject: "acme\\bob", app: "Stock", minutes: 6 });
  const sum = sessions(all).reduce((minutes, session) => minutes + session.minutes, 0);
  expect([sum, total(all)]).toEqual([42, 42]);
  expect([...all.backend.use.sessions.keys()].join()).not.toContain("bob");
});

test("a session that begins again after a day gets an id of its own", async () => {
  const all = await licensed();
  await all.agent.time({ minutes: 6, subject: "bob" });
  await all.clock.advance(24 * 60 * MINUTE);
  await all.agent.time({ minutes: 6, subject: "bob" });
  await all.clock.advance(MINUTE);
  expect(sessions(all).map(({ minutes }) => minutes)).toEqual([6, 6]);
});

test("sessions and denials that weren't answered come again after a restart, and count once", async () => {
  const all = await licensed();
  all.backend.planFor = ({ path, method }) =>
    path === "/v1/consumption" && method === "POST" ? "reply lost" : undefined;
  await all.agent.time({ minutes: 6, subject: "bob" });
  await all.agent.access("eve");
  await all.clock.advance(MINUTE);
  await all.restart();
  all.backend.planFor = () => undefined;
  await all.agent.sync();
  expect([sessions(all), total(all)]).toEqual([[{ subject: "bob", app: undefined, minutes: 6 }], 6]);
  expect(denials(all)).toEqual([["NOT_ASSIGNED", undefined, "eve", 1]]);
  const before = requests(all);
  await all.agent.sync();
  expect(requests(all)).toBe(before);
});

test("sessions that the backend hasn't confirmed are sent with a probe once their minutes are booked", async () => {
  const all = await licensed();
  await all.agent.time({ minutes: 6, subject: "bob" });
  await all.clock.advance(MINUTE);
  all.backend.use.sessions.clear();
  const [report] = all.agent.state().sessionReports.values();
  await all.agent.close();
  const { openStore } = await import("./store");
  const store = await openStore(all.data, { isFast: true });
  const state = store.load({ wall: all.clock.wall(), ticks: 0 }, () => "");
  if (report) store.save(state, { ...state, sessionReports: new Map([[report.id, { ...report, sent: 0 }]]) });
  await store.close();
  await all.restart();
  await all.agent.sync();
  expect([sessions(all), total(all)]).toEqual([[{ subject: "bob", app: undefined, minutes: 6 }], 6]);
});

test("an older backend that doesn't know sessions gets each once", async () => {
  const all = await licensed();
  all.backend.use.isOn = false;
  await all.agent.time({ minutes: 6, subject: "bob" });
  await all.agent.access("eve");
  await all.agent.sync();
  const before = requests(all);
  await all.agent.sync();
  expect(requests(all)).toBe(before);
});

test("denials are counted by hour, reason and user, both for users without a right and for those over the limit", async () => {
  const all = await licensed();
  const { agent, clock } = all;
  await agent.access("acme\\eve");
  await agent.access("ACME\\Eve");
  await agent.time({ minutes: 300, subject: "bob" });
  await agent.time({ minutes: 0, subject: "eve" });
  await clock.advance(MINUTE);
  expect(denials(all).toSorted()).toEqual([
    ["NOT_ASSIGNED", undefined, "acme\\eve", 2],
    ["QUOTA_REACHED", "analyzer_time", "bob", 1],
    ["QUOTA_REACHED", "analyzer_time", "eve", 1],
  ]);
  await agent.access("acme\\eve");
  await clock.advance(MINUTE);
  expect(denials(all)).toContainEqual(["NOT_ASSIGNED", undefined, "acme\\eve", 3]);
  await clock.advance(60 * MINUTE);
  await agent.access("acme\\eve");
  await clock.advance(MINUTE);
  expect(denials(all)).toHaveLength(4);
});

test("names of allotments that the license doesn't have aren't kept apart", async () => {
  const all = await licensed();
  await all.agent.time({ minutes: 6, subject: "bob", allotment: "nowhere" });
  await all.agent.time({ minutes: 6, subject: "bob", allotment: "elsewhere" });
  await all.clock.advance(MINUTE);
  expect(denials(all)).toEqual([["UNKNOWN_ALLOTMENT", undefined, "bob", 2]]);
});

test("more sessions than fit into one request go in several", async () => {
  const all = await licensed();
  const used = Array.from({ length: 1050 }, (_, nth) =>
    all.agent.time({ minutes: 1, subject: `user${nth}` }),
  );
  await Promise.all(used);
  await all.clock.advance(MINUTE);
  expect([all.backend.use.sessions.size, total(all)]).toEqual([1050, 6300]);
});

const license = "9999000000001253";
const now = Date.parse("2026-03-10T08:00:00Z");
const report = (id: string, more: Partial<SessionReport> = {}): SessionReport => ({
  ...{ id, license, slot: "slot", subject: null, app: "", start: now, end: now, minutes: 6, sent: 0 },
  ...more,
});
const reports = (...all: SessionReport[]) => new Map(all.map((each) => [each.id, each]));

test("beyond 20,000 one that the backend knows gives way, else the oldest", () => {
  const many = Array.from({ length: 20_000 }, (_, nth) => report(`s${nth}`, { sent: nth === 5 ? 6 : 0 }));
  const used = {
    ...{ session: { active: 6, block: 6, at: now }, license, subject: "bob", app: "Sales", active: 6, now },
    ...{ slots: new Map([["2026-03", "slot"]]), charges: new Map([["2026-03", 6]]) },
  };
  const first = withSessionUse(reports(...many), used, () => "new").reports;
  expect([first.size, first.has("s5"), first.has("s0"), first.has("new")]).toEqual([
    20_000,
    false,
    true,
    true,
  ]);
  const second = withSessionUse(first, used, () => "newer").reports;
  expect([second.size, second.has("s0"), second.has("newer")]).toEqual([20_000, false, true]);
});

test("a report is kept until its session has ended and the backend knows it, and while its license has unreported minutes", () => {
  const known = report("known", { sent: 6 });
  const open = report("open");
  const of = (sessionReports: ReadonlyMap<string, SessionReport>, former = {}) => ({
    ...{ sessionReports, license: { number: license }, former },
  });
  const all = of(reports(known, open));
  expect(prunedReports(all, now + DAY - 1)).toBe(all.sessionReports);
  expect([...prunedReports(all, now + DAY).keys()]).toEqual(["open"]);
  const other = reports(report("other", { license: "another" }));
  expect(prunedReports(of(other), now).size).toBe(0);
  expect(prunedReports(of(other, { another: "key" }), now).size).toBe(1);
});

test("what grew since it was sent is due again", () => {
  const sent = [{ id: "a", minutes: 6, start: "", end: "" }];
  const after = withConfirmed(reports(report("a", { minutes: 12 }), report("b", { sent: 6 })), sent);
  expect(dueSessions(after, license)).toEqual(new Map([["slot", [report("a", { minutes: 12, sent: 6 })]]]));
});
