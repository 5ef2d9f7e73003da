import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { assign } from "./busy";
import { test as everything, expect, type Licensed } from "./fixtures";
import { seats, spaced, timeAllotment } from "./guide";

type Trio = { customerId: string; calm: Licensed; full: Licensed; ending: Licensed };

/** A customer with three licenses: one healthy, one with every seat taken, and one that ends soon. */
const test = everything.extend<{ trio: Trio }>({
  trio: async ({ issue }, use) => {
    const customer = `Trio ${randomUUID()}`;
    const calm = await issue({ customer, allotments: [seats(10)], product: "QV" });
    const full = await issue({ customer, allotments: [seats(2), timeAllotment()] });
    const ending = await issue({ customer, allotments: [seats(5)], valid: `./${dayFrom(12)}` });
    await assign(full, ["bob", "eve"]);
    await use({ customerId: calm.customerId, calm, full, ending });
  },
});

const rowsOf = (page: Page) => page.getByRole("rowheader");
const listOf = ({ customerId }: Trio, more = "") => `/licenses?customer=${customerId}${more}`;

test("each filter narrows the list and is kept in the URL", async ({ admin: page, trio }) => {
  await page.goto(listOf(trio));
  await expect(rowsOf(page)).toHaveCount(3);
  await page.getByLabel("Worst state").selectOption("near");
  await expect(page).toHaveURL(listOf(trio).replace("?", "?state=near&"));
  await expect(rowsOf(page)).toHaveText([new RegExp(spaced(trio.full.number))]);
  await expect(page.getByRole("status").filter({ hasText: "1 of 1 license" })).toBeVisible();
  await page.goBack();
  await expect(rowsOf(page)).toHaveCount(3);
  await expect(page.getByLabel("Worst state")).toHaveValue("");
  await page.getByRole("combobox", { name: "Ends" }).selectOption("30");
  await expect(rowsOf(page)).toHaveText([new RegExp(spaced(trio.ending.number))]);
  await page.goto(listOf(trio, "&product=QV"));
  await expect(rowsOf(page)).toHaveText([new RegExp(spaced(trio.calm.number))]);
  await page.goto(listOf(trio, "&status=revoked&excess=true"));
  await expect(page.getByText("No licenses match these 3 filters.")).toBeVisible();
  await page.getByRole("search").getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL("/licenses");
});

test("the search applies while typing, without filling the browser history", async ({
  admin: page,
  trio,
}) => {
  await page.goto("/licenses?sort=number");
  await page.getByRole("searchbox", { name: "Find a license" }).pressSequentially(spaced(trio.calm.number));
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(page).toHaveURL(/sort=number/);
  await page.getByRole("searchbox").fill("");
  await expect(page).toHaveURL("/licenses?sort=number");
  await expect(page.getByRole("searchbox")).toBeFocused();
});

test("column headers sort the list, show the order, and reverse it", async ({ admin: page, trio }) => {
  await page.goto(listOf(trio));
  const head = page.getByRole("columnheader", { name: "Ends" });
  await expect(head).toHaveAttribute("aria-sort", "none");
  await head.getByRole("link").press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await expect(rowsOf(page).first()).toContainText(spaced(trio.ending.number));
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/sort=-ends/);
  await page
    .getByRole("columnheader", { name: /^Minutes/ })
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(/sort=-used/);
  await expect(rowsOf(page).first()).toContainText(spaced(trio.full.number));
});

test("the list of licenses ignores unknown filters in the URL and says so", async ({ admin: page, trio }) => {
  await page.goto(listOf(trio, "&state=molten"));
  await expect(page.getByText("One filter in this link is unknown and was ignored.")).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(3);
  await page.goto(`/licenses?customer=${randomUUID()}&sort=weight&cursor=x`);
  await expect(page.getByText("2 filters in this link are unknown and were ignored.")).toBeVisible();
});

test("columns can be chosen, and the URL, filters and views keep them", async ({ admin: page, trio }) => {
  const heads = page.getByRole("columnheader");
  await page.goto(listOf(trio));
  await expect(heads).toHaveCount(7);
  await page.getByText("Columns", { exact: true }).press("Enter");
  await page.getByRole("checkbox", { name: "Product" }).uncheck();
  await page.getByRole("checkbox", { name: "Contact" }).uncheck();
  await expect(heads).toHaveText(["License", "State", "Seats", /^Minutes/, "Ends"]);
  await expect(page).toHaveURL(listOf(trio, "&cols=state,seats,minutes,ends"));
  await page.keyboard.press("Escape");
  await expect(page.getByText("Columns", { exact: true })).toBeFocused();
  await page.getByLabel("Worst state").selectOption("near");
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(heads).toHaveCount(5);
  const name = `Narrow ${randomUUID()}`;
  await page.getByText("Save this view").click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name })).toBeVisible();
  await page.goto("/licenses");
  await page.getByRole("link", { name }).click();
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(heads).toHaveCount(5);
  await page.goto(listOf(trio, "&cols=ends,weight"));
  await expect(page.getByText("One filter in this link is unknown and was ignored.")).toBeVisible();
  await expect(heads).toHaveText(["License", "Ends"]);
});

test("an export has exactly the filtered rows, and no formulas", async ({ admin: page, issue }) => {
  const customer = `=SUM(A1) ${randomUUID()}`;
  const { customerId, number } = await issue({ customer, valid: `./${dayFrom(20)}` });
  await issue({ customer });
  await page.goto(`/licenses?customer=${customerId}&view=needs`);
  await expect(rowsOf(page)).toHaveCount(1);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  const [head, row, ...rest] = text.trim().split("\r\n");
  expect(head).toMatch(/^\uFEFF?number,customer,product/);
  expect(row?.split(",").slice(0, 2)).toEqual([spaced(number), `'${customer}`]);
  expect(rest).toEqual([]);
});

test("views are one click away, and filters can be saved as a view", async ({ admin: page, trio }) => {
  await page.goto("/licenses");
  await page
    .getByRole("navigation", { name: "Views" })
    .getByRole("link", { name: "Ending in 60 days" })
    .click();
  await expect(page).toHaveURL("/licenses?ends=60&sort=ends&origin=ending");
  await expect(page.getByRole("combobox", { name: "Ends" })).toHaveValue("60");
  await page.goto(listOf(trio));
  const name = `Trio ${randomUUID()}`;
  await page.getByText("Save this view").click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Save" }).click();
  const href = await page.getByRole("link", { name }).getAttribute("href");
  expect(href?.startsWith(`${listOf(trio)}&origin=`)).toBe(true);
});

test("on a phone the filters are folded and show how many are set", async ({ admin: page, trio }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(listOf(trio));
  await expect(page.getByLabel("Worst state")).toBeHidden();
  await page.getByRole("button", { name: "Filters, 1" }).press("Enter");
  await page.getByLabel("Sort by").selectOption("customer");
  await expect(page.getByRole("status").filter({ hasText: "customer A–Z" })).toBeVisible();
  await page.getByLabel("Worst state").selectOption("near");
  await expect(page.getByRole("button", { name: "Filters, 2" })).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(1);
});

test("without JavaScript the filters are submitted as a form", async ({
  browser,
  baseURL,
  target: { owner },
  trio,
}) => {
  if ("fault" in owner) throw new Error(owner.fault);
  const context = await browser.newContext({
    baseURL,
    storageState: owner.storageState,
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.goto(listOf(trio, "&cols=state"));
  await page.getByRole("combobox", { name: "Ends" }).selectOption("30");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(page.getByRole("columnheader")).toHaveText(["License", "State"]);
  await expect(page.getByText("in this link")).toHaveCount(0);
  await context.close();
});

function dayFrom(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
