import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type APIRequestContext, request } from "@playwright/test";
import { embeddedPostgres } from "@/scripts/postgres";
import { faultsInOutput, subject } from "./canary";
import { expect, issueLicense, type Licensed, test } from "./fixtures";
import { GUIDE_REPORT } from "./guide";
import { expectRefusal } from "./problem";
import { activate, consumptionOf, newPatch, report, rosterOf, sync } from "./product";
import { failedStart, isReady, type RunningServer, startServer } from "./server";
import { newSecret } from "./stores";

test.describe.configure({ timeout: 240_000 });

test.describe("on a folder", () => {
  test.skip(({ target }) => target.store !== "pglite", "of the embedded store");
  const folder = join(tmpdir(), `signet-e2e-${randomUUID()}`);
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("a second server is refused, and what was acknowledged outlives a killed one", async () => {
    const first = await startServer({ DATA_DIR: folder });
    const license = await licenseOn(first);
    await report(license.site, GUIDE_REPORT);
    const second = await failedStart({ DATA_DIR: folder });
    expect(second.code).toBe(1);
    expect(second.output).toContain("is in use by a running Signet");
    expect((await report(license.site, GUIDE_REPORT)).body.consumption[0]?.total).toBe(484);

    await first.kill();
    const again = await startServer({ DATA_DIR: folder });
    const site = { ...license.site, door: again.door };
    expect((await consumptionOf(site, "2018-11")).body.consumption[0]?.total).toBe(484);
    expect((await activate(site)).body.license).toBe(license.number);
    expect(await again.stop()).toBe(0);
  });
});

test.describe("on PostgreSQL", () => {
  test.skip(({ target }) => target.store !== "postgres", "of PostgreSQL");

  test("a store that goes away is a 503, and it comes back by itself with everything in it", async () => {
    const postgres = await embeddedPostgres();
    const server = await startServer({ DATABASE_URL: postgres.url(), SIGNET_SECRET: newSecret() });
    const { site, number } = await licenseOn(server);
    const add = newPatch(number, subject("bob"));
    await report(site, GUIDE_REPORT);

    await postgres.stop();
    const syncing = { source: "site", bases: [{ license: number, version: 0 }], patches: [add] };
    for (const answer of [
      await activate(site),
      await report(site, GUIDE_REPORT),
      await sync(site, syncing),
    ]) {
      expectRefusal(answer, 503, "STORE_UNAVAILABLE");
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect((await fetch(`${server.door}/health`)).status).toBe(200);
    expect((await fetch(`${server.door}/ready`)).status).toBe(503);
    expect((await fetch(`${server.console}/ready`)).status).toBe(503);

    await postgres.start();
    await expect.poll(() => isReady(server.door), { timeout: 30_000 }).toBe(true);
    expect((await report(site, GUIDE_REPORT)).body.consumption[0]?.total).toBe(484);
    expect((await sync(site, syncing)).body.patches).toMatchObject([{ rejection: "" }]);
    expect(await rosterOf(site, number)).toHaveLength(1);
    expect(await server.stop()).toBe(0);
    expect(faultsInOutput(server.output(), [server.token])).toEqual([]);
    await postgres.remove();
  });

  test("two servers are one installation: a key revoked at one is refused at the other at once", async () => {
    const postgres = await embeddedPostgres();
    const settings = { DATABASE_URL: postgres.url(), SIGNET_SECRET: newSecret() };
    const [left, right] = await Promise.all([startServer(settings), startServer(settings)]);
    const { site, jti } = await licenseOn(left);
    const atRight = { ...site, door: right.door };
    expect((await activate(atRight)).status).toBe(200);
    expect((await report(site, GUIDE_REPORT)).body.consumption[0]?.total).toBe(242);
    expect((await report(atRight, GUIDE_REPORT)).body.consumption[0]?.total).toBe(484);
    const api = await ownerOf(left);
    await api.post(`/api/v1/admin/keys/${jti}/revoke`, { data: { reason: "a test" } });
    await api.dispose();
    expectRefusal(await activate(atRight), 403, "KEY_REVOKED");
    expect(await Promise.all([left.stop(), right.stop()])).toEqual([0, 0]);
    await postgres.remove();
  });

  test("another secret does not start it", async () => {
    const postgres = await embeddedPostgres();
    const server = await startServer({ DATABASE_URL: postgres.url(), SIGNET_SECRET: newSecret() });
    await server.stop();
    const other = await failedStart({ DATABASE_URL: postgres.url(), SIGNET_SECRET: newSecret() });
    expect(other.code).toBe(1);
    expect(other.output).toContain("SIGNET_SECRET");
    await postgres.remove();
  });
});

function ownerOf({ console: baseURL, token }: RunningServer): Promise<APIRequestContext> {
  return request.newContext({ baseURL, extraHTTPHeaders: { Authorization: `Bearer ${token}` } });
}

async function licenseOn(server: RunningServer): Promise<Licensed> {
  const api = await ownerOf(server);
  const issued = await issueLicense(api);
  await api.dispose();
  return { ...issued, site: { door: server.door, key: issued.key } };
}
