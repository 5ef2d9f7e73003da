import { expect, onTestFinished, test } from "vitest";
import { openAgent } from "@/agent/agent";
import { statusOf } from "@/agent/status";
import { HOUR, MINUTE, newFolder } from "@/agent/test-agent";
import { VirtualClock } from "@/agent/test-clock";
import { openProductApi } from "@/api/product-api";
import { NetworkLink } from "@/e2e/network-link";
import { SYSTEM } from "@/server/access/actor";
import { monthUsage } from "@/server/consumption/usage";
import { listDeployments } from "@/server/deployments/deployment-list";
import { issueLicenseKey } from "@/server/keys/license-keys";
import type { NewLicense } from "@/server/licenses/licenses";
import { parseEnv } from "@/server/store/env";
import { makeLicense, minutes, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";

const DAY = 24 * HOUR;

useStore();

const clock = new VirtualClock("2026-08-28T10:00:00Z");
const serverTime = () => new Date(clock.time());

/** A real agent with a key, and the real product API behind a connection that can be cut; all in virtual time. */
async function onItsWay(wanted: Partial<NewLicense> = {}) {
  const env = parseEnv({ HOST: "127.0.0.1", PROTOCOL_PORT: "0" });
  const door = await openProductApi(env, { clock: serverTime, isReady: async () => true });
  const url = `http://127.0.0.1:${door.port}`;
  const link = await NetworkLink.to(url);
  const allotments = [seats("professional", 2), minutes("analyzer_time", 200)];
  const { number } = await makeLicense({ product: "QSEfW", allotments, ...wanted });
  const { key } = await issueLicenseKey(number, "", SYSTEM, serverTime());
  const agent = await openAgent({
    backend: link.url,
    data: newFolder(),
    clock,
    random: () => 0.99,
    isFast: true,
    witness: null,
  });
  onTestFinished(async () => {
    await agent.close();
    link.close();
    await door.close();
  });
  await agent.enterKey(key);
  await agent.sync();
  return { agent, number, cut: () => link.redirect(null), mend: () => link.redirect(url) };
}

test("a week without the backend over a change of month: users have access, and each minute counts once in its month", async () => {
  const { agent, number, cut, mend } = await onItsWay();
  await agent.assign("acme\\bob", "professional");
  cut();
  for (let day = 0; day < 8; day++) {
    expect(await agent.access("ACME\\Bob")).toMatchObject({ granted: true });
    expect(await agent.time({ minutes: 6, session: String(day) })).toMatchObject({
      charged: 6,
      granted: true,
    });
    await clock.advance(DAY);
  }
  expect(await agent.access("acme\\new")).toEqual({ granted: false, reason: "NOT_ASSIGNED" });
  expect(await agent.assign("acme\\new", "professional")).toMatchObject({ subject: "acme\\new" });
  expect([await booked(number, "2026-08"), await booked(number, "2026-09")]).toEqual([0, 0]);
  mend();
  await clock.advance(11 * MINUTE); // The agent recovers without help.
  expect(statusOf(agent.state(), agent.now(), null)).toMatchObject({
    error: null,
    waiting: { patches: 0, minutes: 0 },
  });
  expect([await booked(number, "2026-08"), await booked(number, "2026-09")]).toEqual([24, 24]);
});

test("the lease ends without the backend whatever the clock is set to, and the next contact restores access", async () => {
  const { agent, number, cut, mend } = await onItsWay({ settings: { leaseDays: 2 } });
  const bob = () => agent.access("acme\\bob");
  await agent.assign("acme\\bob", "professional");
  clock.skew = -DAY;
  await clock.advance(HOUR);
  await agent.sync();
  expect(statusOf(agent.state(), agent.now(), null).warnings.join()).toContain("1440 minutes behind");
  expect((await listDeployments(number, { limit: 1 }, serverTime())).items).toMatchObject([
    { clockSkew: -86_400 },
  ]);
  cut();
  await clock.advance(DAY);
  expect(await bob()).toMatchObject({ granted: true });
  clock.skew = -5 * DAY;
  await clock.advance(DAY + HOUR);
  expect(await bob()).toEqual({ granted: false, reason: "LEASE_ENDED" });
  expect(await agent.time({ minutes: 6 })).toMatchObject({
    charged: 6,
    granted: false,
    reason: "LEASE_ENDED",
  });
  mend();
  await agent.sync();
  expect(await bob()).toMatchObject({ granted: true });
  expect(await booked(number, "2026-09")).toBe(6);
});

async function booked(license: string, month: string): Promise<number | undefined> {
  return (await monthUsage(license, month, serverTime())).allotments[0]?.total;
}
