import type { Page } from "@playwright/test";
import { test as everything, expect } from "./fixtures";
import { licenseOn } from "./own-server";
import { createOwner, OWNER } from "./owner";
import { activate } from "./product";
import { type StoredServer, startOn } from "./stores";

/** A separate server, because changes to its only owner or its signing keys would break every other spec. */
const test = everything.extend<{ own: StoredServer; owner: Page }>({
  own: [
    async ({ playwright: _ }, use) => {
      const own = await startOn.pglite();
      await use(own);
      await own.server.stop();
      await own.remove();
    },
    { timeout: 300_000 },
  ],
  owner: async ({ browser, own: { server } }, use) => {
    const owner = await createOwner(server);
    if ("fault" in owner) throw new Error(owner.fault);
    const context = await browser.newContext({ baseURL: server.console, storageState: owner.storageState });
    await use(await context.newPage());
    await context.close();
  },
});

test("the last owner can't be removed or lose the role", async ({ owner: page }) => {
  await page.goto("/people");
  await page.getByRole("link", { name: OWNER.name }).click();
  const panel = page.getByRole("complementary");
  await panel.getByRole("radio", { name: "Auditor" }).check();
  await panel.getByRole("button", { name: "Save rights" }).click();
  await expect(panel.getByRole("alert")).toContainText("without an owner, nobody could invite people");
  await expect(panel.getByRole("button", { name: "Remove…" })).toHaveAttribute("aria-disabled", "true");
});

test("after a rotation the old signing key verifies until it is withdrawn by typing its id", async ({
  owner: page,
  own: { server },
}) => {
  const license = await licenseOn(server);
  await page.goto("/signing-keys");
  const first = page.getByRole("row", { name: "Active" });
  const kid = (await first.getByRole("rowheader").textContent())?.trim() ?? "";
  await expect(first.getByRole("cell").nth(1)).toHaveText("1");
  const withdraw = page.getByRole("button", { name: `Withdraw ${kid.slice(0, 8)}` });
  await expect(withdraw).toHaveAttribute("aria-disabled", "true");

  await page.getByRole("button", { name: "Rotate signing key…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Rotate signing key" }).click();
  const old = page.getByRole("row", { name: kid });
  await expect(old).toContainText("Verifies only");
  expect((await activate(license.site)).status).toBe(200);
  expect(await publishedAt(server.console)).toHaveLength(2);

  await withdraw.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("1 license key in use stops");
  await dialog.getByLabel("Enter the key ID").fill(kid);
  await dialog.getByRole("button", { name: "Withdraw key" }).click();
  await expect(old).toContainText("Withdrawn");
  expect((await activate(license.site)).status).toBe(401);
  expect(await publishedAt(server.console)).not.toContain(kid);
});

async function publishedAt(base: string): Promise<string[]> {
  const { keys } = await (await fetch(`${base}/.well-known/jwks.json`)).json();
  return keys.map(({ kid }: { kid: string }) => kid);
}
