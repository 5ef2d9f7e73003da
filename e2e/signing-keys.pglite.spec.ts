import { test as everything, expect } from "./fixtures";
import { licenseOn } from "./own-server";
import { createOwner } from "./owner";
import { activate } from "./product";
import { type StoredServer, startOn } from "./stores";

/** A server of its own: a withdrawn key would stop what other specs have issued. */
const test = everything.extend<{ own: StoredServer }>({
  own: [
    async ({ playwright: _ }, use) => {
      const own = await startOn.pglite();
      await use(own);
      await own.server.stop();
      await own.remove();
    },
    { timeout: 300_000 },
  ],
});

test("a new key signs, the one before verifies until it is withdrawn by typing its id", async ({
  browser,
  own: { server },
}) => {
  const owner = await createOwner(server);
  if ("fault" in owner) throw new Error(owner.fault);
  const license = await licenseOn(server);
  const context = await browser.newContext({ baseURL: server.console, storageState: owner.storageState });
  const page = await context.newPage();
  await page.goto("/signing-keys");
  const first = page.getByRole("row", { name: "Signs new keys" });
  const kid = (await first.getByRole("rowheader").textContent())?.trim() ?? "";
  await expect(first.getByRole("cell").nth(1)).toHaveText("1");
  const withdraw = page.getByRole("button", { name: `Withdraw ${kid.slice(0, 8)}` });
  await expect(withdraw).toHaveAttribute("aria-disabled", "true");

  await page.getByRole("button", { name: "Make a new signing key…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make a new key" }).click();
  const old = page.getByRole("row", { name: kid });
  await expect(old).toContainText("Verifies only");
  expect((await activate(license.site)).status).toBe(200);
  expect(await publishedAt(server.console)).toHaveLength(2);

  await withdraw.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("1 license key in use stops");
  await dialog.getByLabel("Type the key id").fill(kid);
  await dialog.getByRole("button", { name: "Withdraw key" }).click();
  await expect(old).toContainText("Withdrawn");
  expect((await activate(license.site)).status).toBe(401);
  expect(await publishedAt(server.console)).not.toContain(kid);
  await context.close();
});

async function publishedAt(base: string): Promise<string[]> {
  const { keys } = await (await fetch(`${base}/.well-known/jwks.json`)).json();
  return keys.map(({ kid }: { kid: string }) => kid);
}
