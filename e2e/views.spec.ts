import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

const viewsOf = (page: Page) => page.getByRole("navigation", { name: "Views" });

async function save(page: Page, name: string) {
  await viewsOf(page).getByLabel("Name").fill(name);
  await viewsOf(page).getByRole("button", { name: "Save", exact: true }).click();
}

test("filters can be saved as a view, without the search text", async ({
  admin: page,
  license: { number },
}) => {
  const name = `Idle ${randomUUID()}`;
  const path = `/licenses/${number}/assignments`;
  await page.goto(path);
  await expect(viewsOf(page).getByText("Save this view")).toHaveCount(0);
  await page.goto(`${path}?allotment=professional&idle=30&q=nobody`);
  await viewsOf(page).getByText("Save this view").click();
  await save(page, name);
  const link = viewsOf(page).getByRole("link", { name });
  const kept = new RegExp(`${path}\\?allotment=professional&idle=30&origin=[0-9a-f-]{36}$`);
  await expect(link).toHaveAttribute("href", kept);

  await page.goto(path);
  await link.click();
  await expect(page).toHaveURL(kept);
  await expect(page.getByRole("combobox", { name: "Allotment" })).toHaveValue("professional");
  await viewsOf(page)
    .getByRole("button", { name: `Remove the view ${name}` })
    .click();
  await expect(link).toHaveCount(0);
});

test("a view needs a name, even without JavaScript", async ({ browser, baseURL, target, license }) => {
  if ("fault" in target.owner) throw new Error(target.owner.fault);
  const name = `Plain ${randomUUID()}`;
  const context = await browser.newContext({
    baseURL,
    storageState: target.owner.storageState,
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.goto(`/licenses/${license.number}/assignments?state=excess&sort=subject`);
  await viewsOf(page).getByText("Save this view").click();
  await save(page, "   ");
  await expect(viewsOf(page).getByRole("alert")).toHaveText(/Enter a name for the view/);
  await save(page, name);
  await viewsOf(page)
    .getByRole("button", { name: `Remove the view ${name}` })
    .click();
  await expect(viewsOf(page).getByText("Save this view")).toBeVisible();
  await context.close();
});

const LISTS: {
  path(number: string): string;
  search: string;
  choose(page: Page, at: 0 | 1): Promise<unknown>;
}[] = [
  {
    path: () => "/licenses",
    search: "status=suspended",
    choose: (page, at) => page.getByLabel("Sort by").selectOption({ index: at + 1 }),
  },
  {
    path: (number) => `/licenses/${number}/assignments`,
    search: "state=active",
    choose: (page, at) => page.getByRole("combobox", { name: "Idle" }).selectOption({ index: at + 1 }),
  },
  {
    path: () => "/audit",
    search: "kind=user",
    choose: (page, at) => page.getByLabel("Action").selectOption(["license", "key"][at] ?? ""),
  },
];

const named = (page: Page, called: string) => viewsOf(page).getByRole("link", { name: called, exact: true });
const markOf = (page: Page) => viewsOf(page).getByRole("img", { name: "Changed:" });

for (const { path, search, choose } of LISTS)
  test(`a person's view can be saved, says when it is changed, and is reset and removed: ${search}`, async ({
    admin: page,
    license: { number },
  }) => {
    const name = `Mine ${randomUUID()}`;
    await page.goto(`${path(number)}?${search}`);
    await viewsOf(page).getByText("Save this view").click();
    await save(page, name);
    await expect(page).toHaveURL(/origin=/);
    const address = (await named(page, name).getAttribute("href")) ?? "";
    await expect(markOf(page)).toHaveCount(0);
    await choose(page, 0);
    await expect(markOf(page)).toBeVisible();
    await viewsOf(page).getByRole("link", { name: "Reset" }).click();
    await expect(markOf(page)).toHaveCount(0);
    await expect(page).toHaveURL(address);
    await remove(page, name);
  });

/** What follows is the same code for every list: `npm run test:all` tries it on each of them. */
for (const { path, search, choose } of process.env.SIGNET_TEST === "all" ? LISTS : LISTS.slice(0, 1))
  test(`a person's view can be updated, saved as another and renamed: ${search}`, async ({
    admin: page,
    license: { number },
  }) => {
    const name = `Mine ${randomUUID()}`;
    const views = viewsOf(page);
    await page.goto(`${path(number)}?${search}`);
    await views.getByText("Save this view").click();
    await save(page, name);
    await expect(page).toHaveURL(/origin=/);
    await expect(markOf(page)).toHaveCount(0);
    await choose(page, 0);
    await views.getByText("Save as").click();
    await save(page, `${name} 2`);
    await expect(named(page, `${name} 2`)).toBeVisible();
    await expect(markOf(page)).toHaveCount(0);
    await named(page, name).click();
    await choose(page, 1);
    await views.getByRole("button", { name: `Save the view ${name}` }).click();
    await expect(markOf(page)).toHaveCount(0);

    await named(page, `${name} 2`).click();
    await views.getByLabel(`Rename the view ${name} 2`).click();
    await views.getByRole("textbox", { name: "Name" }).fill(name);
    await views.getByRole("button", { name: "Rename", exact: true }).click();
    await expect(views.getByRole("alert")).toHaveText(/already/);
    await views.getByRole("textbox", { name: "Name" }).fill(`${name} 3`);
    await views.getByRole("button", { name: "Rename", exact: true }).click();
    await expect(named(page, `${name} 3`)).toBeVisible();
    for (const one of [name, `${name} 3`]) await remove(page, one);
  });

async function remove(page: Page, name: string) {
  await named(page, name).click();
  // One name may start with the other, whose button stays until the list has changed.
  await viewsOf(page)
    .getByRole("button", { name: `Remove the view ${name}`, exact: true })
    .click();
  await expect(named(page, name)).toHaveCount(0);
}

test("a changed built-in view says so, and can only be saved as a new view", async ({ admin: page }) => {
  await page.goto("/licenses");
  await viewsOf(page).getByRole("link", { name: "Ending in 60 days" }).click();
  await expect(page.getByRole("combobox", { name: "Ends" })).toHaveValue("60");
  await expect(viewsOf(page).getByText("Save as")).toBeVisible();
  await page.getByLabel("Status").selectOption("suspended");
  await expect(viewsOf(page).getByRole("img", { name: "Changed:" })).toBeVisible();
  await expect(viewsOf(page).getByRole("button")).toHaveCount(0);
  await viewsOf(page).getByRole("link", { name: "Reset" }).click();
  await expect(page.getByLabel("Status")).toHaveValue("");
  await expect(viewsOf(page).getByRole("img", { name: "Changed:" })).toHaveCount(0);
});
