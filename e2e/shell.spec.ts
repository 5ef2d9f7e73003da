import type { Page, Request } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { openAlive } from "./alive";
import { assign, WARSAW } from "./busy";
import { subject } from "./canary";
import { expect, type Licensed, revokeKey, test } from "./fixtures";
import { ANALYZER, seats, spaced } from "./guide";
import { activate } from "./product";

const palette = (page: Page) => page.getByRole("dialog", { name: "Search or run a command" });
const field = (page: Page) => palette(page).getByRole("combobox");
/** The palette's button; a page's search has a button Find too. */
const findButton = (page: Page) => page.getByRole("button", { name: /^Find\s*(Ctrl|⌘)/ });
const options = (page: Page) => palette(page).getByRole("option");

test("the palette finds a license by part of its customer's name and opens it by keyboard", async ({
  admin: page,
  issue,
}) => {
  const name = `Palette ${crypto.randomUUID().slice(0, 8)}`;
  const { number } = await issue({ customer: `${name} Works` });
  await openAlive(page, "/licenses");
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(name.toLowerCase());
  const found = options(page).filter({ hasText: spaced(number) });
  await expect(found).toHaveAttribute("aria-selected", "true");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/licenses/${number}$`));
  await expect(palette(page)).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("capac");
  await expect(options(page).first()).toHaveAccessibleName(/^Capacity/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/capacity$/);
});

test("a typed license number opens its license, with or without spaces or hyphens, before the server responds", async ({
  admin: page,
  license: { number },
}) => {
  await page.route("**/find", () => {});
  for (const digits of [number, spaced(number), spaced(number).replaceAll(" ", "-")]) {
    await openAlive(page, "/licenses");
    await findButton(page).click();
    await field(page).fill(digits);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/licenses/${number}$`));
  }
});

test("Escape closes the palette and returns the focus, and the palette can press the page's buttons", async ({
  admin: page,
  issue,
}) => {
  const { number } = await issue({ allotments: [ANALYZER] });
  await openAlive(page, `/licenses/${number}/assignments`);
  const button = findButton(page);
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("assign");
  await palette(page)
    .getByRole("group", { name: "On this page" })
    .getByRole("option", { name: "Assign", exact: true })
    .click();
  await expect(page.getByRole("dialog", { name: /Assign/ })).toBeVisible();
});

test("users are found by part of the name everywhere, deployments in the open license too", async ({
  admin: page,
  issue,
}) => {
  const license = await issue({ allotments: [seats(2)] });
  const someone = await assignPerson(license);
  await openAlive(page, `/licenses/${license.number}`);
  await page.keyboard.press("Control+k");
  await field(page).fill(someone.slice(3, -3).toUpperCase());
  const subjects = palette(page).getByRole("group", { name: "Users" }).getByRole("option");
  await expect(subjects).toContainText(someone);
  await field(page).fill(WARSAW.slice(0, 8));
  const deployments = palette(page).getByRole("group", { name: "Deployments" });
  await expect(deployments).toContainText(spaced(license.number));
  await deployments
    .getByRole("option")
    .filter({ hasText: spaced(license.number) })
    .click();
  await expect(page.getByRole("complementary", { name: WARSAW })).toBeVisible();
  await openAlive(page, "/licenses");
  await page.keyboard.press("Control+k");
  await field(page).fill(`@${someone}x`);
  await expect(palette(page).getByRole("status")).toHaveText("No results.");
  await field(page).fill(`@${someone.slice(1).toUpperCase()}`);
  await expect(subjects).toHaveCount(1);
  await subjects.click();
  await expect(page).toHaveURL(new RegExp(`/users/${license.number}/[0-9]+$`));
  await expect(page.getByRole("heading", { name: someone })).toBeVisible();
});

test("a pasted key is read in the browser, and only its id is sent", async ({
  admin: page,
  api,
  license,
}) => {
  await revokeKey(api, license.jti);
  const sent: string[] = [];
  page.on("request", (request) => sent.push(textOf(request)));
  await openAlive(page, "/licenses");
  await page.keyboard.press("Control+k");
  await field(page).fill(license.key.replace(/(.{70})/g, "$1 "));
  await expect(options(page)).toHaveAccessibleName(new RegExp(`Key for ${spaced(license.number)}.*revoked`));
  for (const part of [license.key.slice(0, 60), license.key.slice(120)]) {
    await field(page).fill(part);
    await expect(options(page)).toHaveAccessibleName(/^This can't be searched/);
  }
  expect(sent.filter((text) => text.includes(license.jti))).toHaveLength(1);
  const [head = "", body = "", signature = ""] = license.key.split(".");
  for (const secret of [head.slice(0, 20), body.slice(0, 20), signature.slice(0, 20), signature.slice(-20)])
    expect(sent.filter((text) => text.replace(/\s/g, "").includes(secret))).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(signature.slice(0, 20));
  await field(page).fill(license.jti);
  await expect(
    options(page)
      .filter({ hasText: license.jti.slice(0, 8) })
      .first(),
  ).toHaveAccessibleName(new RegExp(`Key ${license.jti.slice(0, 8)}.*of ${spaced(license.number)}, revoked`));
  await field(page).fill(license.key);
  await expect(options(page)).toHaveAccessibleName(/revoked/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/licenses/${license.number}/keys?open=${license.jti}`);
  await expect(page.getByRole("complementary", { name: `Key ${license.jti.slice(0, 8)}` })).toBeVisible();
});

test("the license switcher keeps the tab and the month", async ({ admin: page, issue }) => {
  const customer = `Crumb ${crypto.randomUUID()}`;
  const one = await issue({ customer });
  const other = await issue({ customer });
  const foreign = await issue();
  await openAlive(page, `/licenses/${one.number}/capacity?month=2026-10&by=total&day=3`);
  const crumb = page.getByRole("navigation", { name: "You are here" });
  await expect(crumb).toContainText(customer);
  await crumb.getByRole("button", { name: "Switch license" }).click();
  await expect(page.getByRole("searchbox", { name: `Find a license of ${customer}` })).toBeFocused();
  await expect(crumb.getByRole("link", { name: spaced(other.number) })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.type(other.number.slice(0, 12));
  await expect(crumb.getByRole("link", { name: spaced(one.number) })).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/licenses/${other.number}/capacity?month=2026-10&by=total`);
  await expect(crumb).toContainText(spaced(other.number));
  await crumb.getByRole("button", { name: "Switch customer" }).click();
  await page.getByRole("searchbox", { name: "Find a customer" }).fill(foreign.customer);
  await crumb.getByRole("button", { name: foreign.customer }).click();
  await crumb.getByRole("link", { name: spaced(foreign.number) }).click();
  await expect(page).toHaveURL(`/licenses/${foreign.number}/capacity?month=2026-10&by=total`);
});

test("the customer switcher opens another customer's page", async ({ admin: page, issue }) => {
  const [one, other] = [await issue(), await issue()];
  await openAlive(page, `/customers/${one.customerId}`);
  const crumb = page.getByRole("navigation", { name: "You are here" });
  await expect(crumb.getByRole("link", { name: one.customer })).toBeVisible();
  await crumb.getByRole("button", { name: "Switch customer" }).click();
  await page.getByRole("searchbox", { name: "Find a customer" }).fill(other.customer);
  await crumb.getByRole("button", { name: other.customer }).click();
  await expect(page).toHaveURL(`/customers/${other.customerId}`);
  await expect(crumb.getByRole("link", { name: other.customer })).toBeVisible();
  await openAlive(page, "/customers");
  await expect(crumb).toHaveCount(0);
});

test("the keys [ and ] step through the last list, and through the rows of an open panel", async ({
  admin: page,
  issue,
}) => {
  const customer = `Brackets ${crypto.randomUUID()}`;
  const numbers = [(await issue({ customer })).number, (await issue({ customer })).number].toSorted();
  const [first = "", last = ""] = numbers;
  await openAlive(page, `/licenses?q=${encodeURIComponent(customer)}&sort=-number`);
  const kept = await page.evaluate(() => JSON.stringify(sessionStorage));
  expect(kept).toContain(first);
  expect(kept).not.toContain("Brackets");
  await page
    .getByRole("row")
    .getByRole("link", { name: spaced(last) })
    .click();
  await expect(page).toHaveURL(`/licenses/${last}`);
  await page.keyboard.press("2");
  await expect(page).toHaveURL(`/licenses/${last}/keys`);
  await page.keyboard.press("]");
  await expect(page).toHaveURL(`/licenses/${first}/keys`);
  await page.keyboard.press("]");
  await expect(page.getByText("This is the last license in the list.")).toBeAttached();
  await page.keyboard.press("[");
  await expect(page).toHaveURL(`/licenses/${last}/keys`);

  const license = await issue({ allotments: [seats(3)] });
  await assign(license, ["bob", "eve"]);
  await openAlive(page, `/licenses/${license.number}/assignments?sort=subject`);
  await page.getByRole("link", { name: subject("bob") }).click();
  await expect(page.getByRole("complementary", { name: subject("bob") })).toBeVisible();
  await page.keyboard.press("]");
  await expect(page.getByRole("complementary", { name: subject("eve") })).toBeVisible();
  await page.keyboard.press("]");
  await expect(page.getByText("This is the last license in the list.")).toBeAttached();
});

async function assignPerson(license: Licensed): Promise<string> {
  const name = `person-${crypto.randomUUID()}`;
  await activate(license.site, { cause: "Initial", source: WARSAW });
  await assign(license, [name]);
  return subject(name);
}

function textOf(request: Request): string {
  return [request.url(), request.postData() ?? "", JSON.stringify(request.headers())].join("\n");
}
