import type { Browser, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { openAlive } from "./alive";
import { WARSAW } from "./busy";
import { expect, test } from "./people";
import { activate } from "./product";

const HOUR = 3_600_000;

/** The person's console in a browser of a zone; errors of its console are collected. */
async function inZone(
  browser: Browser,
  person: Page,
  { timezoneId, baseURL }: Record<string, string | undefined>,
) {
  const storageState = await person.context().storageState();
  const context = await browser.newContext({ baseURL, storageState, timezoneId });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  return { page, faults };
}

const titleOf = async (page: Page) => String(await page.locator("main time").first().getAttribute("title"));

test("a person has an own zone and form, on every browser and without JavaScript; calendar dates stay", async ({
  browser,
  baseURL,
  issue,
  person,
}) => {
  const license = await issue({ valid: "2026-01-01/2099-12-31" });
  await activate(license.site, { cause: "Initial", source: WARSAW });
  const { page: own } = await person("owner");
  const { page, faults } = await inZone(browser, own, { baseURL, timezoneId: "America/New_York" });
  await openAlive(page, `/licenses/${license.number}/deployments`);
  expect(await titleOf(page)).toMatch(/^\d{1,2}\s\w{3}\s\d{4}, \d\d:\d\d:\d\d UTC$/);

  await page.getByRole("link", { name: "Times are in UTC. Choose your time zone" }).click();
  const zone = page.getByRole("combobox", { name: "Time zone" });
  await page.getByRole("button", { name: "Use this browser's: America/New_York" }).click();
  await expect(zone).toHaveValue("America/New_York");
  await zone.fill("Mars/Base");
  await page.getByLabel("Dates", { exact: true }).selectOption("28.11.2026");
  await page.getByLabel("Times", { exact: true }).selectOption({ label: "2:03 pm" });
  const form = page.locator("form").filter({ has: zone });
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText("Choose a time zone from the list, such as Europe/Berlin.")).toBeVisible();
  await zone.fill("asia/kolkata");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("status")).toHaveText("Saved.");
  await expect(zone).toHaveValue("Asia/Kolkata");
  await expectAccessible(page);

  await openAlive(page, `/licenses/${license.number}/audit`);
  await expect(page.getByRole("columnheader", { name: "When (Kolkata)" })).toBeVisible();
  const moment = page.locator("main tbody time").first();
  const at = new Date(String(await moment.getAttribute("datetime")));
  const there = new Date(at.getTime() + 5.5 * HOUR).toISOString();
  const [year, month, day] = there.slice(0, 10).split("-");
  const clock = `${Number(there.slice(11, 13)) % 12 || 12}${there.slice(13, 19)}`;
  await expect(moment).toHaveText(new RegExp(`^${day}\\.${month}\\.${year}, ${clock}\\s[ap]m$`));
  const html = await (await page.request.get(`/licenses/${license.number}/audit`)).text();
  expect(html.replaceAll("\u00A0", " ")).toContain(`${day}.${month}.${year}, ${clock}`);

  const typed = await page.request.get(`/licenses/${license.number}/audit?from=03.08.2026&to=soon`);
  expect(new URL(typed.url()).search).toBe("?from=2026-08-03&to=soon");
  expect(await typed.text()).toMatch(/value="03\.08\.2026".*value="soon".*Write a day as 28\.11\.2026/s);

  await openAlive(page, `/licenses/${license.number}`);
  await expect(page.getByText("01.01.2026 to 31.12.2099")).toBeVisible();
  await page.getByRole("button", { name: "Times are in Kolkata. Show them in UTC" }).click();
  await expect(page.getByText(/^Updated \d{1,2}:\d\d:\d\d\s[ap]m UTC$/)).toBeVisible();
  await page.getByRole("button", { name: "Times are in UTC. Show them in Kolkata" }).click();
  await expect(page.getByText(/^Updated \d{1,2}:\d\d:\d\d\s[ap]m Kolkata$/)).toBeVisible();

  const { page: other, faults: others } = await inZone(browser, own, {
    baseURL,
    timezoneId: "Pacific/Auckland",
  });
  await openAlive(other, `/licenses/${license.number}/deployments`);
  expect(await titleOf(other)).toMatch(/^\d\d\.\d\d\.\d{4}, [\d:]+\s[ap]m Kolkata \(UTC\+5:30\)$/);
  await exactTimes(other);
  expect([...faults, ...others]).toEqual([]);
  await page.context().close();
  await other.context().close();
});

/** A press on a time shows it in UTC, in the own zone, in the browser's and in ISO, each to copy. */
async function exactTimes(page: Page) {
  const opener = page.locator("main button:has(time)").first();
  const at = new Date(String(await opener.locator("time").getAttribute("datetime")));
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await opener.press("Enter");
  const exact = page.getByRole("dialog", { name: "Exact time" });
  for (const name of ["UTC", "Kolkata", "Auckland"])
    await expect(exact.getByRole("button", { name: `Copy the ${name} time` })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Tab");
  await expect(exact.getByRole("button", { name: "Copy the UTC time" })).toBeFocused();
  await exact.getByRole("button", { name: "Copy the ISO time" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(at.toISOString());
  await page.keyboard.press("Escape");
  await expect(exact).toHaveCount(0);
  await expect(opener).toBeFocused();
}
