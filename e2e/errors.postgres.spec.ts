import { Client } from "pg";
import { embeddedPostgres } from "@/scripts/postgres";
import { expect, test } from "./fixtures";
import { licenseOn } from "./own-server";
import { createOwner } from "./owner";
import { isReady, startServer } from "./server";
import { newSecret } from "./stores";

test.describe.configure({ timeout: 600_000 });

test("a failed page shows a reference that the log contains, and can be retried", async ({ browser }) => {
  const postgres = await embeddedPostgres();
  const server = await startServer({ DATABASE_URL: postgres.url(), SIGNET_SECRET: newSecret() });
  const owner = await createOwner(server);
  if ("fault" in owner) throw new Error(owner.fault);
  const { number } = await licenseOn(server);
  const context = await browser.newContext({ baseURL: server.console, storageState: owner.storageState });
  const page = await context.newPage();
  await page.goto(`/licenses/${number}`);

  const rename = async (from: string, to: string) => {
    const client = new Client(postgres.url());
    await client.connect();
    await client.query(`ALTER TABLE ${from} RENAME TO ${to}`);
    await client.end();
  };
  await rename("signed_key", "gone");
  const tabs = page.getByRole("navigation", { name: "License", exact: true });
  const path = `/licenses/${number}/keys`;
  const failed = page.waitForResponse(
    (response) => response.url().includes(path) && !response.request().headers()["next-router-prefetch"],
  );
  await tabs.getByRole("link", { name: "Keys" }).click();
  const trouble = page.getByRole("alert").filter({ hasText: "couldn't be shown" });
  const reference = String(await trouble.getByRole("code").textContent());
  const requestId = (await failed).headers()["x-request-id"];
  expect(linesOf(server.output(), reference)).toContainEqual(
    expect.objectContaining({ level: 50, msg: "request failed", requestId, reference, method: "GET", path }),
  );
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await trouble.getByRole("button", { name: "Copy reference" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(reference);
  expect(await trouble.textContent()).not.toContain("signed_key");
  await expect(tabs).toBeVisible();
  await rename("gone", "signed_key");
  await trouble.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Keys" })).toBeVisible();

  await rename("usage_late", "gone");
  await page.goto(`/licenses/${number}/capacity`);
  const late = page.getByRole("region", { name: "Late reports" });
  await expect(late.getByRole("alert")).toContainText("The rest of the page is complete.");
  await expect(page.getByRole("heading", { name: "Twelve months" })).toBeVisible();
  await rename("gone", "usage_late");
  await late.getByRole("button", { name: "Try again" }).click();
  await expect(late.getByText("No late reports.")).toBeVisible();

  await page.goto("/licenses?ends=60");
  await page.getByText("Save this view").click();
  await page.getByLabel("Name").fill("   ");
  await page.getByRole("button", { name: "Save" }).click();
  const copied = page.getByRole("button", { name: "Copy the request ID" });
  const refusedId = String(await copied.getAttribute("aria-label")).replace("Copy the request ID ", "");
  expect(linesOf(server.output(), refusedId)).toContainEqual(
    expect.objectContaining({ level: 30, msg: "request refused", code: "INVALID_BODY" }),
  );

  await postgres.stop();
  await page.goto("/licenses");
  await expect(page.getByRole("heading", { name: "This page couldn't be shown" })).toBeVisible();
  await postgres.start();
  await expect.poll(() => isReady(server.door), { timeout: 30_000 }).toBe(true);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Licenses", level: 1 })).toBeVisible();
  await context.close();
  await server.stop();
  await postgres.remove();
});

/** The server's log lines for a reference. */
function linesOf(output: string, reference: string): unknown[] {
  const lines = output.split("\n").filter((line) => line.startsWith("{") && line.includes(reference));
  return lines.map((line) => JSON.parse(line));
}
