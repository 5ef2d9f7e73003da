import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { openAlive } from "./alive";
import { assign, busyLicense } from "./busy";
import { expect, test } from "./fixtures";
import { seats, spaced } from "./guide";
import { OWNER } from "./owner";

const personMenu = (page: Page) => page.getByRole("button", { name: `You: ${OWNER.name}` });
const rowHeight = (page: Page) =>
  page
    .locator("tbody tr")
    .first()
    .evaluate((row) => row.clientHeight);

test("the server renders compact rows, even in a new session", async ({ admin: page, issue }) => {
  const license = await issue({ allotments: [seats(2)] });
  await assign(license, ["bob"]);
  await openAlive(page, `/licenses/${license.number}/assignments`);
  const comfortable = await rowHeight(page);
  await personMenu(page).click();
  await page.getByRole("radio", { name: "Compact" }).check({ force: true });
  await expect.poll(() => rowHeight(page)).toBeLessThan(comfortable);
  const html = await (await page.request.get("/licenses")).text();
  expect(html).toContain('data-density="compact"');
});

test("single keys open pages, tabs and the search, and do nothing when turned off", async ({
  admin: page,
  issue,
}) => {
  const license = await issue({ allotments: [seats(2)] });
  await assign(license, ["bob"]);
  await openAlive(page, `/licenses/${license.number}`);
  await page.keyboard.press("2");
  await expect(page).toHaveURL(/\/keys$/);
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(page).toHaveURL(/\/licenses$/);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Shortcuts" });
  await expect(help.getByText("Go to Licenses")).toBeVisible();
  await expectAccessible(page);
  await help.getByRole("switch", { name: /Single-key shortcuts/ }).uncheck({ force: true });
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();

  await openAlive(page, `/licenses/${license.number}/assignments`);
  await page.getByRole("row").filter({ hasText: "bob" }).getByRole("link").first().focus();
  for (const key of ["?", "/", "g", "l", "2", "[", "]", "y", "a", "x", "r", "v"])
    await page.keyboard.press(key);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("searchbox")).not.toBeFocused();
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(0);
  await expect(page).toHaveURL(/\/assignments$/);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Search or run a command" })).toBeVisible();
});

test("a term shows its definition in a tooltip and on a press", async ({ admin: page, issue }) => {
  const { number } = await busyLicense(issue);
  const means = "What can be used this month without overage: the units at the moment with the largest cap.";
  await openAlive(page, `/licenses/${number}/capacity`);
  const term = page.getByRole("link", { name: "Quota", exact: true });
  const tooltip = page.getByRole("tooltip");
  await term.focus();
  await expect(tooltip).toHaveText(means);
  await expect(term).toHaveAccessibleDescription(means);
  await page.keyboard.press("Escape");
  await expect(tooltip).toBeHidden();
  await term.blur();
  await term.hover();
  await expect(tooltip).toHaveText(means);
  await tooltip.hover();
  await page.getByRole("heading", { level: 1 }).hover();
  await expect(tooltip).toBeHidden();
  await term.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/help\/terms#quota$/);
  await expect(page.getByText(means)).toBeInViewport();
});

test("two minutes before its end a session can be extended, and its end is announced on the page", async ({
  admin: page,
  license,
}) => {
  let left: number | null = 110_000;
  await page.clock.install();
  await page.route("**/session/left", (route) => route.fulfill({ json: { left } }));
  await openAlive(page, `/licenses/${license.number}/keys/new`);
  await page.getByLabel("Label").fill("half typed");
  await page.clock.fastForward(11 * 3_600_000);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.clock.fastForward(3_600_000 - 115_000);
  const ending = page.getByRole("dialog", { name: "Your session ends in 2 minutes" });
  await expect(ending).toBeVisible();
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await ending.getByRole("button", { name: "Stay" }).click();
  const cookie = (await (await answered).headersArray()).find(
    ({ name }) => name.toLowerCase() === "set-cookie",
  );
  expect(cookie?.value).toMatch(/session_token=.*Max-Age=43200/i);
  await expect(ending).toBeHidden();
  left = null;
  await page.clock.fastForward(12 * 3_600_000 + 1000);
  const over = page.getByRole("dialog", { name: "You were signed out" });
  await expect(over).toBeVisible();
  await page.unroute("**/session/left");
  await over.getByRole("button", { name: "I've signed in" }).click();
  await expect(over).toBeHidden();
  await expect(page.getByLabel("Label")).toHaveValue("half typed");
  await expect(page.getByText(spaced(license.number)).first()).toBeVisible();
});
