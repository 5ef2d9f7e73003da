import { cpSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { statusOf } from "./status";
import { HOUR, licensed, MINUTE, newFolder, world } from "./test-agent";
import { NUMBER, problem, type Seen } from "./test-backend";

vi.setConfig({ testTimeout: 60_000 });

const DAY = 24 * HOUR;
const away = () => "lost" as const;
/** Long pauses: fewer attempts in a long outage. */
const patient = { random: () => 0.99 };

test("without a key nobody has access, and nothing is sent", async () => {
  const { agent, backend, clock } = await world();
  await clock.advance(DAY);
  expect(await agent.access("acme\\bob")).toEqual({ granted: false, reason: "NO_LICENSE" });
  expect(await agent.time({ minutes: 5 })).toMatchObject({
    granted: false,
    charged: 0,
    reason: "NO_LICENSE",
  });
  expect(backend.seen).toEqual([]);
});

test("a pasted key activates as Initial, and a restart as Update", async () => {
  const all = await world();
  const key = await all.backend.newKey();
  await all.agent.enterKey(` ${key.slice(0, 40)}\n${key.slice(40)} `);
  await all.restart();
  await all.clock.advance(10_000);
  const causes = all.backend.calls("/v1/activations").map(({ body }) => [body.cause, body.source]);
  const { source } = all.agent.state();
  expect(causes).toEqual([
    ["Initial", source],
    ["Update", source],
  ]);
  expect(all.agent.state().license?.number).toBe(NUMBER);
});

test("with a key just entered, a user who was assigned elsewhere has access at once", async () => {
  const { agent, backend, clock } = await world();
  backend.seats.addElsewhere(backend, NUMBER, "professional", "acme\\bob", new Date(clock.wall()));
  await agent.enterKey(await backend.newKey());
  expect(await agent.access("acme\\bob")).toMatchObject({ granted: true, allotment: "professional" });
});

test("a key that the backend refuses, or can't check, leaves the old one in force", async () => {
  const { agent, backend } = await licensed();
  const refused = await backend.newKey();
  backend.unknownKeys.add(refused);
  await expect(agent.enterKey(refused)).rejects.toMatchObject({ status: 422, code: "INVALID_KEY" });
  backend.stop = "KEY_REVOKED";
  await expect(agent.enterKey(await backend.newKey())).rejects.toMatchObject({
    status: 403,
    code: "KEY_REVOKED",
  });
  backend.stop = null;
  backend.planFor = away;
  await expect(agent.enterKey(await backend.newKey())).rejects.toMatchObject({ status: 503 });
  expect(agent.state().stop).toBeNull();
  expect(await agent.access("x")).toEqual({ granted: false, reason: "NOT_ASSIGNED" });
});

test("the reason for a refused key is shown until a key is accepted, and doesn't affect the license in force", async () => {
  const all = await world();
  const { backend } = all;
  const status = () => statusOf(all.agent.state(), all.agent.now(), null);
  await expect(all.agent.enterKey("9999 0000 0000 1253")).rejects.toMatchObject({
    ...{ status: 422, code: "INVALID_KEY", message: expect.stringContaining("This is a license number") },
  });
  expect(status().error).toMatchObject({ kind: "key", detail: expect.stringContaining("license number") });
  const refused = await backend.newKey();
  backend.unknownKeys.add(refused);
  await expect(all.agent.enterKey(refused)).rejects.toThrow("does not know this key");
  const told = {
    kind: "key",
    code: "INVALID_KEY",
    detail: expect.stringContaining("does not know this key"),
  };
  expect(status()).toMatchObject({ state: "no-license", error: told, keyError: told });
  await all.restart();
  expect(status().keyError).toMatchObject(told);
  await all.agent.enterKey(`> SLK: ${await backend.newKey()}`);
  expect(status()).toMatchObject({ state: "ready", error: null, keyError: null });
  await expect(all.agent.enterKey(refused)).rejects.toThrow();
  expect(status()).toMatchObject({ state: "ready", error: null, keyError: told });
});

test("a key given at the start is entered once the backend is there, and leaves the license in force if it is refused", async () => {
  const all = await world();
  const { backend, clock } = all;
  const key = await backend.newKey();
  backend.planFor = away;
  await all.restart({ key });
  await clock.advance(MINUTE);
  expect(all.agent.state().license).toBeNull();
  backend.planFor = () => undefined;
  await clock.advance(20 * MINUTE);
  expect(all.agent.state().license?.key).toBe(key);
  const entered = () =>
    backend.calls("/v1/activations").filter(({ body }) => body.cause === "Initial").length;
  const once = entered();
  await all.restart({ key: ` ${key}` });
  await clock.advance(MINUTE);
  expect(entered()).toBe(once);
  const unknown = await backend.newKey();
  backend.unknownKeys.add(unknown);
  await all.restart({ key: unknown });
  await clock.advance(20 * MINUTE);
  expect([entered(), all.agent.state().license?.key]).toEqual([once + 1, key]);
});

test.each([
  ["a page", "text/html", "<html>KEY_REVOKED</html>"],
  ["JSON", "application/json", { type: "/errors/key-revoked", status: 403, code: "KEY_REVOKED" }],
  [
    "a gateway's problem",
    "application/problem+json",
    { type: "about:blank", status: 403, code: "KEY_REVOKED" },
  ],
])("a 403 as %s isn't from the backend, and stops nobody", async (_, type, body) => {
  const { agent, backend } = await licensed();
  backend.planFor = () => ({ status: 403, body, headers: { "content-type": type } });
  await expect(agent.sync()).rejects.toMatchObject({ status: 503 });
  expect(statusOf(agent.state(), agent.now(), null)).toMatchObject({
    state: "ready",
    error: { kind: "portal" },
  });
});

test.each(["DUAL_USE_WITHDRAWN", "KEY_REVOKED"] as const)(
  "%s from the backend stops the license",
  async (code) => {
    const { agent, backend } = await licensed();
    backend.stop = code;
    await expect(agent.sync()).rejects.toMatchObject({ status: 403, code });
    expect(await agent.access("x")).toEqual({ granted: false, reason: code });
    backend.stop = null;
    await agent.sync();
    expect(agent.state().stop).toBeNull();
  },
);

test.each([
  ["OUTCOME_UNKNOWN", { isDone: true }, "It is sent again, and counts only once."],
  ["STORE_UNAVAILABLE", {}, "It says STORE_UNAVAILABLE."],
  ["OVERLOADED", {}, "It says OVERLOADED."],
] as const)("after 503 %s the same report is sent again, and counts once", async (code, done, words) => {
  const { agent, backend, clock } = await licensed();
  const unsure = { ...problem(503, code, { "retry-after": "60" }), ...done };
  const isReport = ({ body }: Seen) => JSON.stringify(body).includes('"consumption":6');
  const isAdd = ({ body }: Seen) => Array.isArray(body.patches) && body.patches.length > 0;
  const tries = new Map([isReport, isAdd].map((which) => [which, 0]));
  backend.planFor = (seen) => {
    const which = [isReport, isAdd].find((each) => each(seen));
    const before = which ? (tries.get(which) ?? 0) : 2;
    if (which) tries.set(which, before + 1);
    return before < 2 ? unsure : undefined;
  };
  await agent.time({ minutes: 6 });
  await expect(agent.sync()).rejects.toThrow(words);
  await clock.advance(HOUR);
  await agent.assign("a", "analyzer");
  await clock.advance(HOUR);
  for (const which of [isReport, isAdd]) {
    const sent = backend.seen.filter(which).map(({ body }) => JSON.stringify(body));
    expect(sent.length).toBeGreaterThan(1);
    expect(new Set(sent).size).toBe(1);
  }
  expect(backend.total("2026-03")).toBe(6);
  expect(backend.seats.live()).toHaveLength(1);
  expect(agent.state().outbox).toEqual([]);
});

test("the agent syncs every ten minutes and requests the definition within a day, by its tag if unchanged", async () => {
  const { agent, backend, clock } = await licensed(patient);
  await clock.advance(2 * DAY);
  const syncs = backend.calls("/v1/assignments/sync").length;
  // Ten minutes, plus or minus a tenth.
  expect(syncs).toBeGreaterThanOrEqual(Math.floor((2 * 24 * 6) / 1.1));
  expect(syncs).toBeLessThanOrEqual(Math.ceil((2 * 24 * 6) / 0.9) + 1);
  const asked = backend.calls("/v1/definition?");
  expect(asked.length).toBeGreaterThanOrEqual(2);
  expect(asked.at(-1)?.headers["if-none-match"]).toBeDefined();
  expect(agent.state().license?.leaseEnd).toBeGreaterThan(clock.time() + 13 * DAY);
});

test("assigned users have access in any spelling; their use is reported once a day", async () => {
  const { agent, backend, clock } = await licensed();
  expect(await agent.assign("ACME\\Bob", "Analyzer")).toMatchObject({
    state: "assigned",
    allotment: "analyzer",
  });
  const access = { granted: true, allotment: "analyzer", accessType: "analyzer" };
  expect(await agent.access("acme\\bob ")).toEqual(access);
  expect(await agent.access("acme\\bob")).toEqual(access);
  await clock.advance(11 * MINUTE);
  expect(backend.seats.live()).toMatchObject([{ subject: "ACME\\Bob", lastUsed: "2026-03-10" }]);
  await agent.release("acme\\BOB", "analyzer");
  expect(await agent.access("acme\\bob")).toEqual({ granted: false, reason: "NOT_ASSIGNED" });
  await agent.settled();
  expect(backend.seats.live()).toEqual([]);
});

test("with both auto-assign settings on, professional comes first, then analyzer, then capacity", async () => {
  const all = await licensed();
  const { agent, backend } = all;
  backend.settings = { ...backend.settings, autoAssignProfessional: true, autoAssignAnalyzer: true };
  await agent.sync();
  const granted: (string | undefined)[] = [];
  for (const who of ["a", "b", "c", "d", "e"]) granted.push((await agent.access(who)).allotment);
  expect(granted).toEqual(["professional", "professional", "analyzer", "analyzer", "analyzer_time"]);
  expect(backend.seats.live().map(({ auto }) => auto)).toEqual([true, true, true, true]);
});

test("many sign-ins at once take each free seat once", async () => {
  const { agent, backend } = await licensed();
  backend.settings.autoAssignAnalyzer = true;
  await agent.sync();
  const responses = await Promise.all(["a", "b", "c", "d", "a"].map((who) => agent.access(who)));
  expect(responses.map(({ allotment }) => allotment).sort()).toEqual([
    ...["analyzer", "analyzer", "analyzer"],
    ...["analyzer_time", "analyzer_time"],
  ]);
  expect(backend.seats.live()).toHaveLength(2);
});

test("offline the agent assigns free units, and withdraws with the reason what the backend then rejects", async () => {
  const { agent, backend, clock } = await licensed();
  backend.settings.autoAssignAnalyzer = true;
  await agent.sync();
  backend.planFor = away;
  await clock.advance(30 * MINUTE);
  const responses = await Promise.all(["a", "b", "c"].map((who) => agent.access(who)));
  expect(responses.map(({ allotment }) => allotment)).toEqual(["analyzer", "analyzer", "analyzer_time"]);
  backend.seats.addElsewhere(backend, NUMBER, "analyzer", "elsewhere", new Date(clock.time()));
  backend.planFor = () => undefined;
  await agent.sync();
  expect(agent.assignments().map(({ subject, state }) => [subject, state])).toEqual([
    ["elsewhere", "assigned"],
    ["a", "assigned"],
  ]);
  const { rejections } = statusOf(agent.state(), agent.now(), null);
  expect(rejections).toMatchObject([{ subject: "b", allotment: "analyzer", code: "NO_AVAILABLE_UNITS" }]);
});

test("a seat that is released offline before its add was confirmed is held nowhere afterwards", async () => {
  const { agent, backend, clock } = await licensed();
  backend.planFor = away;
  await clock.advance(30 * MINUTE);
  await agent.assign("a", "analyzer");
  await agent.release("A", "analyzer");
  await agent.assign("a", "analyzer");
  expect(agent.assignments()).toHaveLength(1);
  await agent.release("a", "analyzer");
  expect(agent.assignments()).toEqual([]);
  backend.planFor = () => undefined;
  await agent.sync();
  expect([agent.state().outbox, backend.seats.live()]).toEqual([[], []]);
  expect(backend.seats.rows).toHaveLength(2);
});

test("whole blocks are charged once, and denied at quota plus overage", async () => {
  const { agent, backend, clock } = await licensed();
  expect(await agent.time({ minutes: 26, subject: "a" })).toEqual({
    granted: true,
    charged: 30,
    total: 30,
    remaining: 220,
  });
  expect(await agent.time({ minutes: 4, subject: "A" })).toMatchObject({ charged: 0, total: 30 });
  expect(await agent.time({ minutes: 1, subject: "a", session: "2" })).toMatchObject({
    charged: 6,
    total: 36,
  });
  await clock.advance(MINUTE);
  expect(backend.total("2026-03")).toBe(36);
  expect(await agent.time({ minutes: 207, subject: "b" })).toMatchObject({ granted: true, remaining: 4 });
  expect(await agent.time({ minutes: 1, subject: "d" })).toMatchObject({ granted: false, remaining: 0 });
  expect(await agent.time({ minutes: 0, subject: "c" })).toMatchObject({
    granted: false,
    charged: 0,
    reason: "QUOTA_REACHED",
  });
  await clock.advance(MINUTE);
  expect(backend.total("2026-03")).toBe(252);
});

test("blocks count in the month in which they begin, even if they are reported late", async () => {
  const { agent, backend, clock } = await licensed({}, "2026-03-31T23:00:00Z");
  backend.planFor = away;
  await clock.advance(70 * MINUTE);
  expect(await agent.time({ minutes: 26 })).toMatchObject({ charged: 30, total: 12 });
  backend.planFor = () => undefined;
  await agent.sync();
  expect([backend.total("2026-03"), backend.total("2026-04")]).toEqual([18, 12]);
});

test("a report whose response was lost counts once", async () => {
  const { agent, backend, clock } = await licensed();
  await agent.time({ minutes: 6 });
  let lost = 0;
  backend.planFor = ({ path }) => (path === "/v1/consumption" && lost++ < 3 ? "reply lost" : undefined);
  await clock.advance(HOUR);
  await agent.time({ minutes: 6 });
  await clock.advance(HOUR);
  expect(backend.total("2026-03")).toBe(12);
  expect(agent.state().slots.values().next().value).toMatchObject({ sent: null, pending: 0, used: 12 });
});

test("usage of other sites counts within ten minutes, and near the cap within a minute", async () => {
  const { agent, backend, clock } = await licensed();
  const usedElsewhere = (minutes: number) =>
    backend.counted.set("elsewhere analyzer_time 2026-03", { sequence: 1, consumed: minutes });
  const response = () => agent.time({ minutes: 0 });
  usedElsewhere(230);
  expect(await response()).toMatchObject({ granted: true, total: 0 });
  await clock.advance(11 * MINUTE);
  expect(backend.calls("/v1/consumption")).toEqual([]);
  expect(await response()).toMatchObject({ granted: true, total: 230 });
  usedElsewhere(250);
  await clock.advance(MINUTE / 2);
  expect(await response()).toMatchObject({ granted: true, total: 230 });
  await clock.advance(MINUTE);
  expect(await response()).toMatchObject({ granted: false, total: 250, reason: "QUOTA_REACHED" });
  expect(backend.calls("/v1/consumption")).toHaveLength(2);
});

test("access by capacity depends on the usage of other sites, at most ten minutes old", async () => {
  const { agent, backend, clock } = await licensed();
  backend.settings.autoAssignAnalyzer = true;
  await agent.sync();
  backend.definition = {
    ...backend.definition,
    allotments: backend.definition.allotments.filter(({ name }) => name !== "analyzer"),
  };
  await agent.sync();
  await clock.advance(11 * MINUTE);
  backend.counted.set("elsewhere analyzer_time 2026-03", { sequence: 1, consumed: 250 });
  expect(await agent.access("bob")).toEqual({ granted: false, reason: "QUOTA_REACHED" });
});

test("in an outage of a week the agent continues, warns, and settles everything once", async () => {
  const { agent, backend, clock } = await licensed(patient);
  await agent.assign("bob", "professional");
  backend.planFor = away;
  for (let day = 0; day < 8; day++) {
    expect((await agent.access("bob")).granted).toBe(true);
    expect((await agent.time({ minutes: 6, subject: "eve" })).granted).toBe(true);
    await clock.advance(DAY);
  }
  const status = statusOf(agent.state(), agent.now(), null);
  expect(status.warnings.join()).toContain("Users lose access in 6 days");
  expect(status.error?.kind).toBe("cut");
  backend.planFor = () => undefined;
  await clock.advance(11 * MINUTE);
  expect(backend.total("2026-03")).toBe(48);
  expect(statusOf(agent.state(), agent.now(), null)).toMatchObject({
    error: null,
    warnings: [],
    waiting: { minutes: 0 },
  });
});

test("once the lease ends nobody has access, and minutes still count", async () => {
  const { agent, backend, clock } = await licensed(patient);
  await agent.assign("bob", "professional");
  backend.planFor = away;
  await clock.advance(14 * DAY);
  expect(await agent.access("bob")).toEqual({ granted: false, reason: "LEASE_ENDED" });
  expect(await agent.time({ minutes: 3 })).toMatchObject({
    granted: false,
    charged: 6,
    reason: "LEASE_ENDED",
  });
  backend.planFor = () => undefined;
  await clock.advance(11 * MINUTE);
  expect((await agent.access("bob")).granted).toBe(true);
});

test("a revocation beats the lease, even through an outage and a restart, until the next success", async () => {
  const all = await licensed();
  await all.agent.assign("bob", "professional");
  all.backend.stop = "LICENSE_SUSPENDED";
  await all.clock.advance(11 * MINUTE);
  const denied = { granted: false, reason: "LICENSE_SUSPENDED" };
  expect(await all.agent.access("bob")).toEqual(denied);
  all.backend.planFor = away;
  await all.restart();
  await all.clock.advance(HOUR);
  expect(await all.agent.access("bob")).toEqual(denied);
  all.backend.stop = null;
  all.backend.planFor = () => undefined;
  await all.clock.advance(12 * MINUTE);
  expect((await all.agent.access("bob")).granted).toBe(true);
});

test.each([
  ["a 401", problem(401, "INVALID_KEY"), "key"],
  ["a captive portal", { status: 403, body: "<html>Please sign in</html>" }, "portal"],
  ["a portal's 200", { status: 200, body: "<html>Welcome</html>" }, "portal"],
  ["a gateway's page", { status: 502, body: "<html>Bad gateway</html>" }, "gateway"],
  ["a 403 with another code", problem(403, "PRODUCT_NOT_LICENSED"), "refused"],
  ["a 403 without a code", { status: 403, body: { error: "no" } }, "portal"],
] as const)("%s is shown and stops nothing", async (_, reply, kind) => {
  const { agent, backend, clock } = await licensed();
  await agent.assign("bob", "professional");
  backend.planFor = () => reply;
  await clock.advance(HOUR);
  expect((await agent.access("bob")).granted).toBe(true);
  expect(statusOf(agent.state(), agent.now(), null).error).toMatchObject({ kind });
});

test("the agent waits for Retry-After", async () => {
  const { backend, clock } = await licensed();
  backend.planFor = () => problem(503, "OVERLOADED", { "retry-after": "300" });
  await clock.advance(11 * MINUTE);
  const before = backend.seen.length;
  await clock.advance(4 * MINUTE);
  expect(backend.seen.length).toBe(before);
  await clock.advance(3 * MINUTE);
  expect(backend.seen.length).toBeGreaterThan(before);
});

test("a clock that is a day off is reported and doesn't shorten the lease, and setting it back doesn't extend it", async () => {
  const { agent, backend, clock } = await licensed(patient);
  clock.skew = -DAY;
  await clock.advance(HOUR);
  await agent.sync();
  expect(statusOf(agent.state(), agent.now(), null).warnings.join()).toContain("1440 minutes behind");
  expect(agent.now()).toBeCloseTo(clock.time(), -4);
  backend.planFor = away;
  await clock.advance(7 * DAY);
  clock.skew = -10 * DAY;
  await clock.advance(7 * DAY + HOUR);
  expect(await agent.access("x")).toEqual({ granted: false, reason: "LEASE_ENDED" });
  backend.planFor = () => undefined;
  await agent.sync();
  expect(await agent.access("x")).toEqual({ granted: false, reason: "NOT_ASSIGNED" });
});

test("a clock set back before a restart doesn't extend the lease", async () => {
  const all = await licensed(patient);
  all.backend.planFor = away;
  await all.clock.advance(13 * DAY);
  all.clock.skew = -10 * DAY;
  await all.restart();
  await all.clock.advance(DAY + HOUR);
  expect((await all.agent.access("x")).reason).toBe("LEASE_ENDED");
});

test("a new signing key of the backend is accepted, a different key under a known id isn't", async () => {
  const { agent, backend } = await licensed();
  backend.rotate();
  await agent.sync();
  expect(Object.keys(agent.state().pins)).toHaveLength(2);
  backend.rotate(true);
  backend.definition = { ...backend.definition, trial: true };
  await expect(agent.sync()).rejects.toMatchObject({ status: 503 });
  const { error } = statusOf(agent.state(), agent.now(), null);
  expect(error?.kind).toBe("signature");
});

test("a snapshot of ten pages applies with its last page, and a change of epoch drops the pages", async () => {
  const { agent, backend, clock } = await licensed();
  const many = { ...backend.definition.allotments[0], units: [{ count: 100, valid: "" }] };
  backend.definition = {
    ...backend.definition,
    allotments: [Object.assign({}, backend.definition.allotments[0], many)],
  };
  for (let i = 0; i < 95; i++)
    backend.seats.addElsewhere(backend, NUMBER, "analyzer", `user${i}`, new Date(clock.time() + i));
  backend.seats.pageSize = 10;
  backend.seats.epoch = "2";
  let pages = 0;
  backend.planFor = ({ path }) => {
    if (path === "/v1/assignments/sync" && ++pages === 5) backend.seats.epoch = "3";
    return undefined;
  };
  await agent.sync();
  expect(agent.assignments()).toHaveLength(95);
  expect(agent.state().base).toMatchObject({ epoch: "3" });
});

test("excess is denied with its reason, and a freed seat brings the next one out of excess", async () => {
  const { agent, backend, clock } = await licensed();
  await agent.assign("a", "analyzer");
  await agent.assign("b", "analyzer");
  const [allotment, ...others] = backend.definition.allotments;
  backend.definition = {
    ...backend.definition,
    allotments: [Object.assign({}, allotment, { units: [{ count: 1, valid: "" }] }), ...others],
  };
  await clock.advance(DAY);
  expect((await agent.access("a")).granted).toBe(true);
  expect(await agent.access("b")).toEqual({ granted: false, reason: "EXCESS", allotment: "analyzer" });
  await agent.release("a", "analyzer");
  expect((await agent.access("b")).granted).toBe(true);
});

test("a restored folder forgoes what it may have reported, and counts nothing twice", async () => {
  const all = await licensed();
  await all.agent.time({ minutes: 6 });
  await all.clock.advance(MINUTE);
  await all.agent.time({ minutes: 12 });
  await all.agent.close();
  const backup = newFolder();
  cpSync(all.data, backup, { recursive: true });
  await all.restart();
  await all.clock.advance(MINUTE);
  await all.agent.time({ minutes: 6, subject: "later" });
  await all.clock.advance(MINUTE);
  expect(all.backend.total("2026-03")).toBe(24);
  await all.restart({ data: backup });
  await all.clock.advance(MINUTE);
  await all.agent.time({ minutes: 18, subject: "after" });
  await all.clock.advance(MINUTE);
  expect(all.backend.total("2026-03")).toBe(42);
});

test("another license starts empty, and minutes of the old one are reported under its own key", async () => {
  const { agent, backend, clock } = await licensed();
  backend.planFor = ({ path }) => (path === "/v1/consumption" ? "lost" : undefined);
  await agent.time({ minutes: 6 });
  await agent.assign("bob", "professional");
  const old = agent.state().license?.key;
  await agent.enterKey(await backend.newKey("1234123412341234"));
  expect(agent.assignments()).toEqual([]);
  expect(agent.state().former).toEqual({ [NUMBER]: old });
  backend.planFor = () => undefined;
  await clock.advance(HOUR);
  expect(backend.total("2026-03")).toBe(6);
  expect(agent.state().former).toEqual({});
});
