import { randomUUID } from "node:crypto";
import { busyLicense } from "./busy";
import { expect, test } from "./fixtures";

test("a printed page is light and without navigation, whatever the theme", async ({ admin: page, issue }) => {
  const { number } = await busyLicense(issue);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const tab of ["", "/assignments", "/capacity?view=table", "/deployments"]) {
    await page.goto(`/licenses/${number}${tab}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("header")).toBeHidden();
    await expect(page.locator("nav:visible")).toHaveCount(0);
    await expect(page.locator("body")).toHaveCSS("background-color", "rgb(255, 255, 255)");
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth, tab).toBe(clientWidth);
  }
});

test("printed tables are complete, black on white, and without controls", async ({ admin: page, issue }) => {
  const { number } = await busyLicense(issue);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize({ width: 718, height: 1000 }); // A4 within its margins
  for (const path of [
    "/licenses",
    `/licenses/${number}/assignments`,
    `/licenses/${number}/deployments`,
    "/audit",
  ]) {
    await page.goto(path);
    const table = page.getByRole("table").first();
    await expect(table.getByRole("columnheader").first(), path).toBeVisible();
    await expect(page.locator("h1")).toHaveCSS("color", "rgb(0, 0, 0)");
    expect(await page.getByRole("searchbox").count(), path).toBe(0);
    expect(
      await page
        .getByRole("button")
        .filter({ hasNot: page.locator("time") })
        .count(),
      path,
    ).toBe(0);
    const cut = await table
      .locator("th, td")
      .evaluateAll((cells) =>
        cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent),
      );
    expect(cut, path).toEqual([]);
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth, path).toBe(clientWidth);
  }
});

test("a list is printed whole with what it is filtered by, and each sheet says where it comes from", async ({
  admin: page,
  api,
}) => {
  const word = `print ${randomUUID()}`;
  const names = Array.from({ length: 51 }, (_, at) => `${word} ${String(at).padStart(2, "0")}`);
  for (const name of names)
    expect((await api.post("/api/v1/admin/customers", { data: { name } })).status()).toBe(201);
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute("data-asked", "");
  });
  await page.goto(`/customers?q=${word}`);
  await page.getByRole("link", { name: "Print all" }).click();
  await expect(page.locator("html[data-asked]")).toBeAttached();
  await expect(page.getByRole("rowheader")).toHaveText(names);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.getByText(`Filtered: “${word}”`)).toBeVisible();
  await expect(page.getByText(/\/customers\?q=.* UTC$/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  const sheet = await page.evaluate(() => {
    dispatchEvent(new Event("beforeprint"));
    return getComputedStyle(document.documentElement).getPropertyValue("--s-printed");
  });
  expect(sheet).toMatch(/^"localhost:\d+ · \d+\s\w{3}\s\d{4}, \d\d:\d\d UTC"$/);
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("link", { name: "Show pages" }).click();
  await expect(page.getByRole("rowheader")).toHaveCount(50);
});

test("with forced colors the current page is still recognizable", async ({ admin: page, issue }) => {
  const { number } = await busyLicense(issue);
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(`/licenses/${number}/capacity`);
  const tabs = page.getByRole("navigation", { name: "License", exact: true }).getByRole("link");
  const edges = await tabs.evaluateAll((links) =>
    links.map((link) => ({
      isHere: link.hasAttribute("aria-current"),
      edge: getComputedStyle(link).borderBottomColor,
    })),
  );
  const here = edges.filter(({ isHere }) => isHere).map(({ edge }) => edge);
  expect(here).toHaveLength(1);
  expect(edges.filter(({ edge }) => edge === here[0])).toHaveLength(1);
  const choice = page.getByRole("group", { name: "View" }).getByRole("link");
  await expect(choice.and(page.locator('[aria-current="true"]'))).toHaveCSS("outline-style", "solid");
});
