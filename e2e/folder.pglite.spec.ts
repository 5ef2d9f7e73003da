import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import { GUIDE_REPORT } from "./guide";
import { licenseOn } from "./own-server";
import { activate, consumptionOf, report } from "./product";
import { failedStart, startServer } from "./server";
import { dropFolder } from "./stores";

test.describe.configure({ timeout: 600_000 });

const folder = join(tmpdir(), `signet-e2e-${randomUUID()}`);
test.afterAll(() => dropFolder(folder));

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
