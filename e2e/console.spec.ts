import type { Page } from "@playwright/test";
import { busyLicense } from "./busy";
import { expect, test } from "./fixtures";
import { spaced } from "./guide";
import { OWNER } from "./owner";

/** Passwords are hashed slowly on purpose, and specs run in parallel. */
const HASHING = { timeout: 30_000 };

test("a setup link leads to the sign-in once there is an owner", async ({ page }) => {
  await page.goto("/setup?token=used");
  await expect(page.getByText("Signet has had an owner since")).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
});

for (const javaScriptEnabled of [true, false])
  test.describe(`with JavaScript ${javaScriptEnabled ? "on" : "off"}`, () => {
    test.use({ javaScriptEnabled });

    test("sign-in continues to the requested page, and sign-out works", async ({ page, license }) => {
      await page.goto(`/licenses/${license.number}`);
      await expect(page).toHaveURL(/\/sign-in\?next=/);
      await signIn(page, OWNER.password);
      await expect(page).toHaveURL(`/licenses/${license.number}`, HASHING);
      if (javaScriptEnabled) await page.evaluate(() => sessionStorage.setItem("signet.users", "acme\\bob"));
      await page.getByRole("button", { name: `You: ${OWNER.name}` }).click();
      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page).toHaveURL("/sign-in");
      if (javaScriptEnabled) await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(0);
      await page.goto("/licenses");
      await expect(page).toHaveURL(/\/sign-in\?next=/);
    });

    test("every failed sign-in shows the same message and keeps the email address", async ({ page }) => {
      await page.goto("/sign-in");
      for (const email of [OWNER.email, "nobody@signet.example"]) {
        await signIn(page, "not the password", email);
        await expect(page.getByText("E-mail and password do not match an account.")).toBeVisible();
        await expect(page.getByLabel("E-mail")).toHaveValue(email);
      }
    });
  });

for (const next of ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)"])
  test(`sign-in doesn't continue to ${next}`, async ({ page, baseURL }) => {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await signIn(page, OWNER.password);
    await expect(page).toHaveURL(`${baseURL}/`, HASHING);
  });

test("the list finds a license by its number and by its customer", async ({ admin: page, license }) => {
  await page.goto("/licenses");
  for (const asked of [spaced(license.number), license.customer]) {
    await page.getByRole("searchbox", { name: "Find a license" }).fill(asked);
    await expect(page).toHaveURL((url) => url.searchParams.get("q") === asked);
    await expect(page.getByRole("row")).toHaveCount(2);
    const row = page.getByRole("row", { name: spaced(license.number) });
    await expect(row).toContainText(license.customer);
    await expect(row).toContainText("Active");
    await expect(row).toContainText("QSEfW");
  }
  await page.getByRole("link", { name: spaced(license.number) }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${license.customer}, QSEfW`);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test("a search without results says so and links to the full list", async ({ admin: page, license: _ }) => {
  await page.goto("/licenses?q=no%20such%20license");
  await expect(page.getByText("No licenses match “no such license”.")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Clear filters" }).last().click();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
});

test("a license shows its allotments and recent activity", async ({ admin: page, issue }) => {
  const license = await busyLicense(issue);
  await page.goto(`/licenses/${license.number}`);
  await expect(page.getByText("In overage, 139 over").first()).toBeVisible();
  await expect(page.getByText("1,639 of 1,500 minutes, 109%")).toBeVisible();
  await expect(page.getByText("2 of 2 seats, 100%")).toBeVisible();
  await expect(page.getByText("No seats left", { exact: true })).toBeVisible();
  const lately = page.getByRole("region", { name: "Recent activity" });
  await expect(lately.getByRole("listitem").filter({ hasText: "2 seats assigned" })).toHaveCount(1);
});

test("a license number with spaces or hyphens redirects permanently to the plain one", async ({
  request,
  admin: page,
  license,
}) => {
  const path = `/licenses/${encodeURIComponent(spaced(license.number))}/assignments?cursor=x`;
  const moved = await request.get(path, { maxRedirects: 0 });
  expect(moved.status()).toBe(308);
  const hyphens = spaced(license.number).replaceAll(" ", "-");
  const same = await request.get(path.replace(/[^/]+\/a/, `${hyphens}/a`), { maxRedirects: 0 });
  expect(same.headers().location).toBe(moved.headers().location);
  expect(new URL(moved.headers().location ?? "", moved.url()).pathname).toBe(
    `/licenses/${license.number}/assignments`,
  );
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 2, name: "Assignments" })).toBeVisible();
});

test("a missing page is a 404 with an explanation", async ({ browser, baseURL, target }) => {
  const storageState = "storageState" in target.owner ? target.owner.storageState : undefined;
  const page = await browser.newPage({ baseURL, storageState });
  for (const path of ["/licenses/1000000000000001", "/licenses/12", "/licenses/12/assignments"]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
    const heading = page.getByRole("heading", { level: 1, name: "Page not found" });
    await expect(heading).toBeVisible();
  }
  expect((await page.goto("/nowhere"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  await page.close();
});

test("a URL that can't be decoded is a 400, not a server error", async ({ request }) => {
  for (const path of ["/licenses/%E0%A4%A", "/%", "/licenses/%FF/assignments"])
    expect((await request.get(path)).status(), path).toBe(400);
});

test("the chosen theme stays", async ({ admin: page }) => {
  await page.goto("/licenses");
  await page.getByRole("button", { name: `You: ${OWNER.name}` }).click();
  await page.getByRole("radio", { name: "Dark" }).check({ force: true });
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
});

test("endpoints of Better Auth that the console doesn't need are closed", async ({ request }) => {
  for (const path of ["/sign-up/email", "/admin/create-user", "/admin/list-users", "/update-user"])
    expect((await request.post(`/api/auth${path}`, { data: {} })).status(), path).toBe(404);
  expect((await request.get("/api/auth/get-session")).status()).toBe(200);
});

async function signIn(page: Page, password: string, email: string = OWNER.email): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
