import { expect, test, vi } from "vitest";
import { statusOf } from "./status";
import { HOUR, licensed, MINUTE, type World, world } from "./test-agent";

vi.setConfig({ testTimeout: 60_000 });

const stands = ({ agent }: World) => statusOf(agent.state(), agent.now(), agent.nextTryIn());
const asked = ({ backend }: World) => backend.calls("/v1/activations").length;

/** An agent without a license, whose key is waiting for an admin. */
async function waiting(): Promise<World> {
  const all = await world({ product: "QV" });
  all.backend.stop = "DUAL_USE_REQUIRED";
  await all.agent.enterKey(await all.backend.newKey());
  return all;
}

test("a key that needs an admin is sent every ten minutes, and takes effect once it is accepted", async () => {
  const all = await waiting();
  const { agent, backend, clock } = all;
  expect(backend.seen.map(({ headers }) => headers["signet-features"])).toEqual([
    "leases, aliases, dual-use",
  ]);
  expect(stands(all)).toMatchObject({
    ...{ state: "waiting", license: null, error: null, keyError: null },
    ...{ refusal: { code: "DUAL_USE_REQUIRED", detail: "It says DUAL_USE_REQUIRED." } },
    asking: { number: "9999 0000 0000 1253", since: "2026-03-10T08:00:00.000Z" },
    contact: { failures: 0, nextTryInSeconds: 600 },
  });
  expect(await agent.access("acme\\bob")).toEqual({ granted: false, reason: "DUAL_USE_REQUIRED" });
  await clock.advance(HOUR);
  expect(asked(all)).toBe(7);
  backend.stop = null;
  await clock.advance(10 * MINUTE);
  expect(asked(all)).toBe(8);
  expect(stands(all)).toMatchObject({ state: "ready", asking: null });
  await clock.advance(MINUTE);
  expect(backend.calls("/v1/assignments/sync").length).toBeGreaterThan(0);
  await clock.advance(HOUR);
  expect(backend.calls("/v1/activations").filter(({ body }) => body.cause === "Initial")).toHaveLength(8);
});

test("a waiting key is sent at once on request, and the agent says if the backend is away", async () => {
  const all = await waiting();
  await all.agent.sync();
  expect([asked(all), stands(all).state]).toEqual([2, "waiting"]);
  all.backend.planFor = () => "lost";
  await expect(all.agent.sync()).rejects.toMatchObject({ status: 503 });
  expect(stands(all)).toMatchObject({ state: "waiting", error: { kind: "cut" } });
  all.backend.planFor = () => undefined;
  all.backend.stop = null;
  await all.agent.sync();
  expect(stands(all)).toMatchObject({ state: "ready", error: null });
});

test("a waiting key survives a restart, and is sent again soon after it", async () => {
  const all = await waiting();
  const key = all.agent.state().asking?.key ?? "";
  await all.restart({ key });
  expect(stands(all)).toMatchObject({ state: "waiting" });
  await all.clock.advance(10_000);
  expect(asked(all)).toBe(2);
  expect(new Set(all.backend.calls("/v1/activations").map(({ body }) => body.source)).size).toBe(1);
});

test.each(["DUAL_USE_REJECTED", "DUAL_USE_WITHDRAWN"] as const)(
  "%s ends the wait, and an admin can still accept it",
  async (code) => {
    const all = await waiting();
    all.backend.stop = code;
    await all.clock.advance(10 * MINUTE);
    expect(stands(all)).toMatchObject({ state: "stopped", refusal: { code, detail: `It says ${code}.` } });
    const key = all.agent.state().asking?.key ?? "";
    await expect(all.agent.enterKey(key)).rejects.toMatchObject({ status: 403, code });
    all.backend.stop = null;
    await all.clock.advance(11 * MINUTE);
    expect(stands(all).state).toBe("ready");
  },
);

test("a removed key isn't sent again, and a key that is accepted ends the wait of another", async () => {
  const all = await waiting();
  await all.agent.removeKey();
  await all.clock.advance(HOUR);
  expect([asked(all), stands(all).state]).toEqual([1, "no-license"]);
  await all.agent.enterKey(await all.backend.newKey());
  all.backend.stop = null;
  await all.agent.enterKey(await all.backend.newKey());
  expect(stands(all)).toMatchObject({ state: "ready", asking: null });
  const count = asked(all);
  await all.clock.advance(HOUR);
  expect(asked(all)).toBe(count);
});

test("the license in force stays while another key waits", async () => {
  const all = await licensed();
  const { key } = all.agent.state().license ?? {};
  all.backend.planFor = ({ path }) =>
    path === "/v1/activations"
      ? { ...refusal, headers: { "content-type": "application/problem+json" } }
      : undefined;
  await all.agent.enterKey(await all.backend.newKey("9999000000001261"));
  expect(all.agent.state().license?.key).toBe(key);
  expect(stands(all)).toMatchObject({
    ...{ state: "ready", asking: { number: "9999 0000 0000 1261" } },
    warnings: [expect.stringContaining("9999 0000 0000 1261")],
  });
  all.backend.planFor = () => undefined;
  await all.clock.advance(11 * MINUTE);
  expect(all.agent.state().license?.number).toBe("9999000000001261");
});

const refusal = {
  status: 403,
  body: { type: "/errors/dual-use-required", code: "DUAL_USE_REQUIRED", detail: "Wait." },
};

test("an agent whose product is no longer the license's own works on its lease and activates again", async () => {
  const all = await licensed();
  all.backend.stop = "DUAL_USE_REQUIRED";
  await expect(all.agent.sync()).rejects.toMatchObject({ code: "DUAL_USE_REQUIRED" });
  await all.clock.advance(MINUTE);
  expect(asked(all)).toBe(1);
  expect(stands(all)).toMatchObject({ state: "ready", error: { code: "DUAL_USE_REQUIRED" } });
  await all.clock.advance(HOUR);
  expect(asked(all)).toBeLessThan(9);
  all.backend.stop = null;
  all.backend.seen.length = 0;
  await all.clock.advance(11 * MINUTE);
  expect(stands(all).error).toBeNull();
  expect(all.backend.calls("/v1/assignments/sync").length).toBeGreaterThan(0);
});
