import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Browser } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { openAlive } from "./alive";
import { consoleErrorsOf, expect, test } from "./fixtures";
import { createOwnerOn } from "./owner";
import { acceptAs, invitationFor, type SessionState } from "./people";
import { type RunningServer, startServer } from "./server";
import { tabTo } from "./tab-to";

test.describe.configure({ timeout: 240_000 });

test("the first steps lead from an empty installation to an activated product, check themselves off, and say who may do them", async ({
  browser,
  empty,
}) => {
  const server = await startServer(empty.settings);
  await expectSetupHint(browser, server.console);
  const page = await browser.newPage({ baseURL: server.console });
  const faults = consoleErrorsOf(page);
  await createOwnerOn(page, server);
  const step = (name: string) => page.getByRole("listitem").filter({ hasText: name });
  const isDone = (name: string) => expect(step(name)).toContainText(`${name}, done`);

  await expectReasons(browser, server, await page.context().storageState());

  await page.goto("/");
  await expect(page.getByText("Welcome, Olivia. No licenses yet.")).toBeVisible();
  await expect(page.getByText("0 of 5 steps done.")).toBeVisible();
  await expect(step("Owner account")).toHaveAttribute("aria-current", "step");
  await expect(page.getByRole("button", { name: "Issue a key" })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("region", { name: "This server" })).toContainText("PUBLIC_URL");

  await page.getByRole("link", { name: "Create a customer" }).click();
  await page.getByLabel("Customer name").fill("Acme");
  await page.getByRole("button", { name: "Create customer" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Acme" })).toBeVisible();
  await page.goto("/");
  await isDone("Create a customer");
  await expect(page.getByRole("button", { name: "Load sample data" })).toBeVisible();

  await page.getByRole("link", { name: "Create a license" }).click();
  await expect(page).toHaveURL(/\/licenses\/new\?customer=/);
  await page.getByLabel("professional, seats, row 1", { exact: true }).fill("25");
  await page.getByRole("button", { name: "Create license" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Acme, QSEfW");
  await page.goto("/");
  await isDone("Create a license");
  await page.getByRole("link", { name: "Issue a key" }).click();
  await page.getByRole("button", { name: "Issue key" }).click();
  await expect(page.locator("[data-key]")).toBeVisible();

  await page.goto("/");
  await isDone("Issue a key");
  await page.getByRole("button", { name: "Hide steps" }).click();
  await expect(page.getByText("steps done")).toHaveCount(0);
  await page.reload();
  await expect(page.getByText("steps done")).toHaveCount(0);
  await page.goto("/help");
  const call = page.getByRole("region", { name: "Activation request" });
  await expect(call).toContainText("Bearer YOUR_KEY");
  expect(await page.content()).not.toContain("eyJ");
  await page.getByRole("button", { name: "Fill in the key" }).click();
  await expect(call).toContainText("Bearer eyJ");
  await promisify(execFile)("sh", ["-c", `${await call.textContent()} --fail`]);
  await expect(page.getByText("A product has activated. 4 of 5 steps done.")).toBeVisible();
  await isDone("Activate a product");
  await expect(call).toHaveCount(0);

  await page.context().clearCookies({ name: "signet.preferences" });
  await page.goto("/");
  await expect(page.getByText("1 license is healthy.")).toBeVisible();
  await expect(page.getByText("steps done")).toHaveCount(0);
  await page.goto("/help");
  await isDone("Activate a product");
  expect(faults).toEqual([]);
  await page.close();
  expect(await server.stop()).toBe(0);
});

const ONLY_OWNERS = "Only owners can do this.";
const ONLY_BOTH = "Only owners and issuers can do this.";
const STEPS = [
  { act: "Turn on the second factor", auditor: ONLY_OWNERS, issuer: ONLY_OWNERS },
  { act: "Create a customer", auditor: ONLY_BOTH, issuer: null },
  { act: "Create a license", auditor: ONLY_BOTH, issuer: null },
  { act: "Issue a key", auditor: ONLY_BOTH, issuer: "A key belongs to a license. Create the license first." },
];

/** Auditors and issuers see the first steps, with the reason why some aren't available. */
async function expectReasons(
  browser: Browser,
  { console: baseURL }: RunningServer,
  storageState: SessionState,
): Promise<void> {
  for (const role of ["auditor", "issuer"] as const) {
    const email = `${role}@signet.example`;
    const link = await invitationFor({ baseURL, storageState }, { email, role });
    const page = await browser.newPage({ baseURL });
    const faults = consoleErrorsOf(page);
    await acceptAs(page, link, `A ${role}`);
    await openAlive(page, "/");
    await expect(page.getByText("0 of 5 steps done.")).toBeVisible();
    for (const { act, [role]: why } of STEPS) {
      if (why === null) {
        await expect(page.getByRole("link", { name: act })).toBeVisible();
        continue;
      }
      const button = page.getByRole("button", { name: act });
      await expect(button).toHaveAttribute("aria-disabled", "true");
      await tabTo(page, button);
      await expect(page.getByRole("tooltip")).toHaveText([why]);
      await expect(button).toHaveAccessibleDescription(why);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(`${baseURL}/`);
    }
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await page.close();
  }
}

/** Before there is an owner, the first pages say where the setup link is. */
async function expectSetupHint(browser: Browser, baseURL: string): Promise<void> {
  const page = await browser.newPage({ baseURL });
  for (const path of ["/", "/sign-in", "/setup", "/setup?token=old"]) {
    await page.goto(path);
    await expect(page.getByText("Find the setup link in the output of the server.")).toBeVisible();
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await expectAccessible(page);
  }
  await expect(page.getByText("This setup link is not valid")).toBeVisible();
  await page.close();
}
