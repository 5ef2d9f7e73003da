import type { Page } from "@playwright/test";
import { codeOf } from "./authenticator";
import { enrolOn, expect, PASSWORD, signInAs, test } from "./people";

/** Turns on the second factor from the account. */
async function enrol(page: Page) {
  await page.goto("/account");
  await page.getByRole("link", { name: "Turn on" }).click();
  return enrolOn(page);
}

test("sign-in asks for the second factor once it is on, and a recovery code works once", async ({
  person,
  browser,
  baseURL,
}) => {
  const { page, email } = await person("auditor");
  const { secret, codes } = await enrol(page);
  expect(codes).toHaveLength(10);
  await expect(page.getByText("On. 10 recovery codes left.")).toBeVisible();

  const context = await browser.newContext({ baseURL });
  const other = await context.newPage();
  await signInAs(other, email, PASSWORD);
  await other.getByLabel("Code").fill(codeOf(secret, Date.now() + 30_000)); // the current one was used above
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other).not.toHaveURL(/\/sign-in/);
  await context.clearCookies();

  for (const taken of [true, false]) {
    await signInAs(other, email, PASSWORD);
    await other.getByRole("link", { name: "Use recovery code" }).click();
    await other.getByLabel("Recovery code").fill(String(codes[0]));
    await other.getByRole("button", { name: "Sign in" }).click();
    if (taken) await expect(other).not.toHaveURL(/\/sign-in/);
    else await expect(other.getByRole("main").getByRole("alert")).toBeVisible();
    await context.clearCookies();
  }
  await context.close();

  await page.reload();
  await expect(page.getByText("On. 9 recovery codes left.")).toBeVisible();
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Create recovery codes…" }).click();
  await dialog.getByRole("textbox", { name: "Your password" }).fill("not it");
  const refused = page.waitForResponse((response) => response.request().method() === "POST");
  await dialog.getByRole("button", { name: "Create new codes" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The password is wrong.");
  await expect(dialog.getByRole("textbox", { name: "Your password" })).toBeFocused();
  const requestId = String((await refused).headers()["x-request-id"]);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await dialog.getByRole("button", { name: `Copy the request ID ${requestId}` }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(requestId);
  await dialog.getByRole("textbox", { name: "Your password" }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "Create new codes" }).click();
  await expect(dialog.getByText(/^[a-z2-9]{5}-[a-z2-9]{5}\n/)).not.toContainText(String(codes[1]));
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toBe("signet-recovery-codes.txt");
  await dialog.getByLabel("I have stored it").check();
  await dialog.getByRole("button", { name: "Close" }).last().click();

  await page.getByRole("button", { name: "Turn off…" }).click();
  await dialog.getByRole("textbox", { name: "Your password" }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByText("Off. Anyone who learns your password")).toBeVisible();
});

test("a session signed out elsewhere ends at its next click", async ({ person, browser, baseURL }) => {
  const { page, email } = await person("auditor");
  const context = await browser.newContext({
    baseURL,
    userAgent: "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0",
  });
  const other = await context.newPage();
  await signInAs(other, email, PASSWORD);
  await expect(other).not.toHaveURL(/\/sign-in/);
  await page.goto("/account");
  await expect(page.getByRole("row", { name: "(this one)" })).toContainText("now");
  await page.getByRole("button", { name: "End Firefox on Windows" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End session" }).click();
  await expect(page.getByRole("row", { name: "Firefox on Windows" })).toHaveCount(0);
  await other.goto("/licenses");
  await expect(other).toHaveURL(/\/sign-in/);

  await signInAs(other, email, PASSWORD);
  await expect(other).not.toHaveURL(/\/sign-in/);
  await page.reload();
  await page.getByRole("button", { name: "End all other sessions…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End all other sessions" }).click();
  await expect(page.getByRole("row")).toHaveCount(2);
  await other.goto("/licenses");
  await expect(other).toHaveURL(/\/sign-in/);
  await context.close();
});

test("people change their own name and password", async ({ person }) => {
  const { page, email } = await person("issuer");
  await page.goto("/account");
  const name = `<img src=x onerror=alert(1)> "${email}"`;
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByRole("button", { name: `You: ${name}` })).toBeVisible();
  await page.getByRole("textbox", { name: "Current password" }).fill("not it");
  await page.getByRole("textbox", { name: "New password" }).fill("another long password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("The password is wrong.")).toBeVisible();
  await page.getByRole("textbox", { name: "Current password" }).fill(PASSWORD);
  await page.getByRole("textbox", { name: "New password" }).fill("aaaaaaaaaaaa");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(
    page.getByText("This password is easy to guess: it repeats the same characters."),
  ).toBeVisible();
  await page.getByRole("textbox", { name: "Current password" }).fill(PASSWORD);
  await page.getByRole("textbox", { name: "New password" }).fill("another long password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Changed.")).toBeVisible();
  await page.context().clearCookies();
  await signInAs(page, email, "another long password");
  await expect(page).not.toHaveURL(/\/sign-in/);
});

test("ten wrong passwords pause an account's sign-in, even with the right password", async ({
  person,
  browser,
  baseURL,
}) => {
  const { email } = await person("auditor");
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto("/sign-in");
  expect(await page.evaluate(tryTenTimes, email)).toEqual(Array(10).fill(401));
  await signInAs(page, email, PASSWORD);
  await expect(page.getByText("Sign-in is paused for 5 minutes")).toBeVisible();
  await context.close();
});

/** Tries a password ten times from within the browser, so that all attempts come from its address. */
async function tryTenTimes(email: string): Promise<number[]> {
  const responses: number[] = [];
  for (let tries = 0; tries < 10; tries++) {
    const body = JSON.stringify({ email, password: `wrong ${tries}` });
    const headers = { "Content-Type": "application/json" };
    responses.push((await fetch("/api/auth/sign-in/email", { method: "POST", body, headers })).status);
  }
  return responses;
}
