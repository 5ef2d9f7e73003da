import { cpSync, rmSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { metricsText } from "./metrics";
import { statusOf } from "./status";
import { bounded, HOUR, licensed, MINUTE, memoryWitness, newFolder, type World } from "./test-agent";
import { problem } from "./test-backend";

vi.setConfig({ testTimeout: 60_000 });

const CAP = 250;
const away = () => "lost" as const;
const status = ({ agent }: World) => statusOf(agent.state(), agent.now(), null);
const heldBy = (all: World) => status(all).time[0]?.budget?.held;
const ask = ({ agent }: World, subject: string, minutes = 0) =>
  agent.time({ minutes, subject, session: "1" });

/** Lets people begin a block each, until somebody is denied; returns how many began, and why no more did. */
async function begunUntilDenied(all: World, name = "user"): Promise<[number, string | undefined]> {
  for (let nth = 0; nth < 100; nth++) {
    const { granted, reason } = await ask(all, `${name}-${nth}`);
    if (!granted) return [nth, reason];
  }
  return [100, undefined];
}

/** A world in which somebody used the minutes of ten people lately, so that the agent holds some. */
async function busy(begin?: string): Promise<World> {
  const all = await bounded({}, begin);
  for (let nth = 0; nth < 10; nth++) await ask(all, `early-${nth}`);
  await all.clock.advance(MINUTE);
  return all;
}

test("a block is paid from the budget before it begins, and booked on what was reserved", async () => {
  const all = await bounded();
  expect(await ask(all, "bob")).toMatchObject({ granted: true, charged: 6, paid: 6 });
  expect(await ask(all, "bob", 4)).toMatchObject({ granted: true, charged: 0, paid: 2 });
  expect(await ask(all, "bob", 4)).toMatchObject({ granted: true, charged: 6, paid: 4 });
  await all.clock.advance(MINUTE);
  expect(all.backend.total("2026-03")).toBe(12);
  expect(all.backend.leases.all()).toMatchObject([{ booked: 12 }]);
  expect(all.backend.leases.unleased).toBe(0);
  expect(all.backend.calls("/v1/leases")).toEqual([]);
  expect(all.backend.seen[0]?.headers["signet-features"]).toBe("leases, aliases, dual-use");
});

test("without the backend people work on what is held, and not a block more", async () => {
  const all = await busy();
  all.backend.planFor = away;
  const held = heldBy(all) ?? 0;
  expect(held).toBeGreaterThanOrEqual(30);
  await all.agent.sync().catch(() => {});
  expect(await begunUntilDenied(all)).toEqual([held / 6, "BUDGET_USED"]);
  expect(await all.agent.access("late")).toEqual({ granted: false, reason: "NOT_ASSIGNED" });
  expect(status(all).warnings.join()).toContain("The reserved minutes of analyzer_time are used up");
  all.backend.planFor = () => undefined;
  await all.clock.advance(20 * MINUTE);
  expect(await ask(all, "late")).toMatchObject({ granted: true });
  await all.clock.advance(MINUTE);
  expect(all.backend.leases.unleased).toBe(0);
  expect(all.backend.total("2026-03")).toBe(60 + held + 6);
});

test("the cap is never exceeded, and the reason says whether others hold the rest", async () => {
  const all = await bounded();
  all.backend.leases.elsewhere = 100;
  expect(await begunUntilDenied(all)).toEqual([25, "QUOTA_RESERVED"]);
  all.backend.leases.elsewhere = 0;
  await all.clock.advance(2 * MINUTE);
  expect(await begunUntilDenied(all, "later")).toEqual([16, "QUOTA_REACHED"]);
  await all.clock.advance(MINUTE);
  expect(all.backend.total("2026-03")).toBeLessThanOrEqual(CAP);
  expect(all.backend.total("2026-03")).toBeGreaterThan(CAP - 6);
});

test("a sign-in by capacity needs a block that can be paid", async () => {
  const all = await bounded();
  all.backend.settings = { ...all.backend.settings, autoAssignAnalyzer: true };
  for (const subject of ["a", "b"]) await all.agent.assign(subject, "analyzer");
  await all.restart();
  await all.agent.sync();
  expect(await all.agent.access("guest")).toMatchObject({ granted: true, allotment: "analyzer_time" });
  await begunUntilDenied(all);
  expect(await all.agent.access("guest")).toEqual({ granted: false, reason: "QUOTA_REACHED" });
});

test("blocks that were used before the product asked are charged, beyond the budget without a lease", async () => {
  const all = await bounded();
  expect(await ask(all, "bob", 26)).toMatchObject({ granted: true, charged: 30, paid: 4 });
  await all.clock.advance(MINUTE);
  expect([all.backend.total("2026-03"), all.backend.leases.unleased]).toEqual([30, 0]);
  all.backend.planFor = away;
  await all.agent.sync().catch(() => {});
  const held = heldBy(all) ?? 0;
  expect(await ask(all, "eve", 90)).toMatchObject({ granted: false, charged: 90, reason: "BUDGET_USED" });
  expect(await ask(all, "eve")).toMatchObject({ granted: false, charged: 0 });
  all.backend.planFor = () => undefined;
  await all.clock.advance(20 * MINUTE);
  expect([all.backend.total("2026-03"), all.backend.leases.unleased]).toEqual([120, 90 - held]);
});

test("minutes expire by a clock that nobody sets, and are renewed long before while the backend is there", async () => {
  const all = await busy();
  await all.clock.advance(13 * HOUR);
  expect(await ask(all, "bob")).toMatchObject({ granted: true });
  await all.clock.advance(MINUTE);
  all.backend.planFor = away;
  await all.clock.advance(11 * HOUR);
  all.clock.skew = -5 * HOUR;
  expect(await ask(all, "eve")).toMatchObject({ granted: true });
  await all.clock.advance(HOUR);
  expect(await ask(all, "mia")).toMatchObject({ granted: false, reason: "BUDGET_USED" });
});

test("a run goes on where a witness proves it, also without the backend", async () => {
  const all = await busy();
  all.backend.planFor = away;
  const [held, { run }] = [heldBy(all), all.agent.state()];
  await all.restart();
  expect([heldBy(all), all.agent.state().run]).toEqual([held, run]);
  expect(await ask(all, "bob")).toMatchObject({ granted: true });
});

test("after a reboot a new run has nothing until the backend answers, and reports the old one's minutes under its lease", async () => {
  const all = await busy();
  all.backend.planFor = away;
  expect(await ask(all, "bob")).toMatchObject({ granted: true });
  const { run } = all.agent.state();
  await all.restart({ witness: memoryWitness() });
  expect(all.agent.state().run).not.toBe(run);
  expect(await ask(all, "eve")).toMatchObject({ granted: false, reason: "BUDGET_USED" });
  all.backend.planFor = () => undefined;
  await all.clock.advance(20 * MINUTE);
  expect(await ask(all, "mia")).toMatchObject({ granted: true });
  await all.clock.advance(MINUTE);
  expect(all.backend.leases.unleased).toBe(0);
  expect(all.backend.leases.all().map(({ booked }) => booked)).toEqual([66, 6]);
});

test("a restored backup and a copy of the folder never spend the old run's minutes", async () => {
  const all = await busy();
  const { run } = all.agent.state();
  all.backend.planFor = away;
  await all.agent.sync().catch(() => {});
  await all.agent.close();
  const backup = newFolder();
  cpSync(all.data, backup, { recursive: true });
  await all.restart();
  expect(await ask(all, "bob")).toMatchObject({ granted: true });
  await all.agent.close();
  rmSync(all.data, { recursive: true });
  cpSync(backup, all.data, { recursive: true });
  await all.restart();
  expect(all.agent.state().run).not.toBe(run);
  expect(await ask(all, "eve")).toMatchObject({ granted: false, reason: "BUDGET_USED" });
});

test("a clean stop, and the key of another license, give back what is held", async () => {
  const all = await busy();
  expect(heldBy(all)).toBeGreaterThan(0);
  await all.restart();
  expect(all.backend.leases.all()).toEqual([expect.objectContaining({ granted: 60, booked: 60 })]);
  expect(await ask(all, "bob")).toMatchObject({ granted: true });
  expect(all.backend.leases.all()).toHaveLength(1);
  await ask(all, "eve");
  expect(heldBy(all)).toBeGreaterThan(0);
  await all.agent.enterKey(await all.backend.newKey("9999000000001261"));
  expect(all.backend.leases.all()[0]).toMatchObject({ granted: 72, booked: 72 });
});

test("a backend with a new epoch is told what is held, though nothing more is wanted", async () => {
  const all = await busy();
  all.backend.seats.epoch = "2";
  all.backend.leases.forget();
  all.backend.leases.isHeld = true;
  await all.clock.advance(25 * MINUTE);
  expect(all.backend.leases.all()).toMatchObject([{ booked: 60, granted: 60 + (heldBy(all) ?? 0) }]);
});

test("after a release by an admin a new run begins, and is given minutes in the same exchange", async () => {
  const all = await busy();
  const { run } = all.agent.state();
  all.backend.leases.release();
  while ((heldBy(all) ?? 0) >= 6) await ask(all, `user-${heldBy(all)}`);
  expect(await ask(all, "bob")).toMatchObject({ granted: true });
  expect(all.agent.state().run).not.toBe(run);
  expect(all.backend.leases.all()).toHaveLength(2);
});

test("a backend that forgot the run begins a new one; during a hold it is told what the run holds", async () => {
  const all = await busy();
  const { run } = all.agent.state();
  all.backend.leases.forget();
  all.backend.leases.isHeld = true;
  await all.clock.advance(7 * HOUR);
  const held = heldBy(all) ?? 0;
  expect(held).toBeGreaterThanOrEqual(6);
  expect(all.agent.state().run).toBe(run);
  expect(await begunUntilDenied(all)).toEqual([held / 6, "QUOTA_RESERVED"]);
  all.backend.leases.forget();
  all.backend.leases.isHeld = false;
  await all.clock.advance(2 * MINUTE);
  expect(await ask(all, "bob")).toMatchObject({ granted: true });
  expect(all.agent.state().run).not.toBe(run);
});

test("an unanswered request is repeated unchanged, and later minutes are reported after it", async () => {
  const all = await busy();
  all.backend.planFor = () => "reply lost";
  while ((heldBy(all) ?? 0) >= 6) await ask(all, `user-${heldBy(all)}`);
  await all.clock.advance(MINUTE);
  const { length } = all.backend.seen;
  all.backend.planFor = () => problem(503, "OUTCOME_UNKNOWN");
  await all.clock.advance(10 * MINUTE);
  all.backend.planFor = () => undefined;
  await all.clock.advance(20 * MINUTE);
  const sent = all.backend.seen
    .slice(length - 1)
    .flatMap(({ body }) => (Array.isArray(body.leases) ? body.leases : []))
    .map((each) => JSON.stringify(each));
  expect(new Set(sent.filter((each) => each === sent[0])).size).toBe(1);
  expect(sent.length).toBeGreaterThan(2);
  expect(all.backend.leases.all()).toMatchObject([{ state: "open" }]);
  expect(all.backend.leases.unleased).toBe(0);
  expect(status(all).waiting.minutes).toBe(0);
});

test("minutes that were charged after a request was saved are reported once it is answered", async () => {
  const all = await busy();
  const { run } = all.agent.state();
  all.backend.planFor = ({ method, path }) =>
    method === "POST" && path.startsWith("/v1/consumption") ? "lost" : undefined;
  await all.clock.advance(3 * HOUR);
  expect([...all.agent.state().budgets.values()]).toMatchObject([{ prepaid: { waiting: { used: 60 } } }]);
  expect(await ask(all, "bob")).toMatchObject({ granted: true });
  all.backend.planFor = () => undefined;
  await all.clock.advance(20 * MINUTE);
  expect(all.agent.state().run).toBe(run);
  expect(all.backend.leases.all()).toMatchObject([{ state: "open", booked: 66 }]);
});

test("a request that had no response when its month ended holds back no minutes of it", async () => {
  const all = await busy("2026-03-31T20:00:00Z");
  all.backend.planFor = ({ method, path }) =>
    method === "POST" && path.startsWith("/v1/consumption") ? "lost" : undefined;
  await all.clock.advance(3 * HOUR);
  expect(await ask(all, "bob")).toMatchObject({ granted: true });
  await all.clock.advance(2 * HOUR);
  all.backend.planFor = () => undefined;
  await all.clock.advance(20 * MINUTE);
  expect(status(all).waiting.minutes).toBe(0);
  expect([all.backend.total("2026-03"), all.backend.leases.unleased]).toEqual([66, 0]);
});

test("a backend that doesn't answer requests any more gets each of them once in an exchange", async () => {
  const all = await busy();
  all.backend.knowsLeases = false;
  while ((heldBy(all) ?? 0) >= 6) await ask(all, `user-${heldBy(all)}`);
  const { length } = all.backend.seen;
  await all.clock.advance(10 * MINUTE);
  expect(all.backend.seen.length - length).toBeLessThan(10);
});

test("minutes of the next month are reserved before it begins", async () => {
  const all = await busy("2026-03-31T17:00:00Z");
  await all.clock.advance(2 * HOUR);
  await ask(all, "bob");
  await all.clock.advance(MINUTE);
  all.backend.planFor = away;
  await all.clock.advance(5 * HOUR);
  expect(status(all).time[0]?.month).toBe("2026-04");
  expect(await ask(all, "eve")).toMatchObject({ granted: true });
  all.backend.planFor = () => undefined;
  await all.clock.advance(20 * MINUTE);
  expect([all.backend.total("2026-04"), all.backend.leases.unleased]).toEqual([6, 0]);
});

test("a deployment that uses no minutes asks for none", async () => {
  const all = await bounded();
  await all.clock.advance(HOUR);
  expect(all.backend.calls("/v1/consumption").filter(({ method }) => method === "POST")).toEqual([]);
});

test("once the license isn't bounded any more, minutes count as before", async () => {
  const all = await busy();
  all.backend.settings = { ...all.backend.settings, whenOffline: "optimistic" };
  for (let nth = 0; nth < 20; nth++) await ask(all, `user-${nth}`);
  await all.clock.advance(MINUTE);
  expect(status(all).time[0]?.budget).toBeNull();
  expect(await ask(all, "bob", 5)).toMatchObject({ granted: true, charged: 6 });
  expect(await ask(all, "bob", 1)).toMatchObject({ granted: true, charged: 0 });
});

test("an older backend reserves nothing: without the mode in its terms, minutes count as before", async () => {
  const all = await licensed();
  all.backend.knowsLeases = false;
  expect(await ask(all, "bob")).toMatchObject({ granted: true, charged: 0 });
  expect(await ask(all, "bob", 5)).toMatchObject({ granted: true, charged: 6 });
  await all.clock.advance(MINUTE);
  const [report] = all.backend.calls("/v1/consumption").filter(({ method }) => method === "POST");
  expect(Object.keys(report?.body ?? {})).toEqual(["source", "userAgent", "consumption"]);
});

test("an allotment without a cap needs no budget", async () => {
  const all = await bounded();
  const allotments = all.backend.definition.allotments.map((each) =>
    each.usage.class === "time" ? { ...each, overage: "YES" as const } : each,
  );
  all.backend.definition = { ...all.backend.definition, allotments };
  await all.restart();
  await all.agent.sync();
  all.backend.planFor = away;
  expect(await ask(all, "bob", 1000)).toMatchObject({ granted: true, charged: 1002 });
});

test("status and metrics say what is held, until when", async () => {
  const all = await busy();
  const held = heldBy(all);
  expect(status(all).time[0]?.budget).toEqual({
    ...{ held, others: 0, free: CAP - 60 - Number(held) },
    until: expect.stringMatching(/^2026-03-10T20:0/),
  });
  const metrics = metricsText(all.agent.state(), all.agent.now());
  expect(metrics).toContain(`license_time_reserved{allotment="analyzer_time"} ${held}\n`);
  expect(metrics).toContain("license_time_reserved_seconds");
});
