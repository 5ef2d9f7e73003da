import { embeddedPostgres } from "@/scripts/postgres";
import { leaksInOutput, subject } from "./canary";
import { expect, revokeKey, test } from "./fixtures";
import { GUIDE_REPORT } from "./guide";
import { licenseOn, ownerOf } from "./own-server";
import { expectRefusal } from "./problem";
import { activate, assignmentsOf, newPatch, report, sync } from "./product";
import { failedStart, isReady, startServer } from "./server";
import { newSecret } from "./stores";

test.describe.configure({ timeout: 600_000 });

test("requests get 503 while the store is down, and work again on their own afterwards", async () => {
  const postgres = await embeddedPostgres();
  const server = await startServer({ DATABASE_URL: postgres.url(), SIGNET_SECRET: newSecret() });
  const { site, number } = await licenseOn(server);
  const add = newPatch(number, subject("bob"));
  await report(site, GUIDE_REPORT);

  await postgres.stop();
  const syncing = { source: "site", bases: [{ license: number, version: 0 }], patches: [add] };
  for (const response of [
    await activate(site),
    await report(site, GUIDE_REPORT),
    await sync(site, syncing),
  ]) {
    expectRefusal(response, 503, "STORE_UNAVAILABLE");
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  expect((await fetch(`${server.door}/health`)).status).toBe(200);
  // The readiness answer is cached for a second.
  for (const base of [server.door, server.console]) await expect.poll(() => isReady(base)).toBe(false);

  await postgres.start();
  await expect.poll(() => isReady(server.door), { timeout: 30_000 }).toBe(true);
  expect((await report(site, GUIDE_REPORT)).body.consumption[0]?.total).toBe(484);
  expect((await sync(site, syncing)).body.patches).toMatchObject([{ rejection: "" }]);
  expect(await assignmentsOf(site, number)).toHaveLength(1);
  expect(await server.stop()).toBe(0);
  expect(leaksInOutput(server.output(), [server.token])).toEqual([]);
  await postgres.remove();
});

test("a key revoked on one server is refused on the other at once", async () => {
  const postgres = await embeddedPostgres();
  const settings = { DATABASE_URL: postgres.url(), SIGNET_SECRET: newSecret() };
  const [left, right] = await Promise.all([startServer(settings), startServer(settings)]);
  const { site, jti } = await licenseOn(left);
  const atRight = { ...site, door: right.door };
  expect((await activate(atRight)).status).toBe(200);
  expect((await report(site, GUIDE_REPORT)).body.consumption[0]?.total).toBe(242);
  expect((await report(atRight, GUIDE_REPORT)).body.consumption[0]?.total).toBe(484);
  const api = await ownerOf(left);
  await revokeKey(api, jti);
  await api.dispose();
  expectRefusal(await activate(atRight), 403, "KEY_REVOKED");
  expect(await Promise.all([left.stop(), right.stop()])).toEqual([0, 0]);
  await postgres.remove();
});

test("a server with a wrong secret doesn't start", async () => {
  const postgres = await embeddedPostgres();
  const server = await startServer({ DATABASE_URL: postgres.url(), SIGNET_SECRET: newSecret() });
  await server.stop();
  const other = await failedStart({ DATABASE_URL: postgres.url(), SIGNET_SECRET: newSecret() });
  expect(other.code).toBe(1);
  expect(other.output).toContain("SIGNET_SECRET");
  await postgres.remove();
});
