import { embeddedPostgres } from "@/scripts/postgres";
import { openQuiet, READS } from "./alive";
import { expect, test } from "./fixtures";
import { holdRequests } from "./hold-requests";
import { licenseOn } from "./own-server";
import { createOwner } from "./owner";
import { isReady, startServer } from "./server";
import { newSecret } from "./stores";

test.describe.configure({ timeout: 180_000 });

test("while the store is down pages stay, actions are refused with a sentence, and buttons are disabled", async ({
  browser,
}) => {
  const postgres = await embeddedPostgres();
  const server = await startServer({ DATABASE_URL: postgres.url(), SIGNET_SECRET: newSecret() });
  const owner = await createOwner(server);
  if ("fault" in owner) throw new Error(owner.fault);
  const { number } = await licenseOn(server);
  const context = await browser.newContext({ baseURL: server.console, storageState: owner.storageState });
  const page = await context.newPage();
  await openQuiet(page, `/licenses/${number}/keys/new`);
  const label = page.getByLabel("Label");
  const issue = page.getByRole("button", { name: "Issue key" });
  const old = page.getByRole("region", { name: "Outdated data" });
  await label.fill("half typed");

  // The page's own reads wait, so that an action is the first to meet the store that is down.
  const readOn = await holdRequests(page, READS);
  await postgres.stop();
  const away = await page.request.get(`/licenses/${number}`);
  expect([away.status(), Number(away.headers()["retry-after"])]).toEqual([503, 5]);
  await issue.click();
  const refusal = "Nothing was saved: the license store isn't responding.";
  await expect(page.getByRole("alert").filter({ hasText: refusal })).toBeVisible();
  readOn();
  await page.evaluate(() => window.dispatchEvent(new Event("offline")));
  await expect(old).toContainText("The license store isn't responding.");
  await expect(issue).toHaveAttribute("aria-disabled", "true");
  await expect(issue).toHaveAccessibleDescription(/^The license store isn't responding\./);
  await expect(label).toHaveValue("half typed");

  await postgres.start();
  await expect.poll(() => isReady(server.door), { timeout: 30_000 }).toBe(true);
  await expect(old).toHaveCount(0, { timeout: 60_000 });
  await issue.click();
  await expect(page.getByRole("button", { name: "Issue another key" })).toBeVisible();
  await context.close();
  await server.stop();
  await postgres.remove();
});
