import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

const viewsOf = (page: Page) => page.getByRole("navigation", { name: "Views" });

async function save(page: Page, name: string) {
  await viewsOf(page).getByLabel("Name").fill(name);
  await viewsOf(page).getByRole("button", { name: "Save" }).click();
}

test("a list as it is filtered is kept under a name, without what was typed", async ({
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
  await expect(link).toHaveAttribute("href", `${path}?allotment=professional&idle=30`);

  await page.goto(path);
  await link.click();
  await expect(page).toHaveURL(`${path}?allotment=professional&idle=30`);
  await expect(page.getByRole("combobox", { name: "Allotment" })).toHaveValue("professional");
  await viewsOf(page)
    .getByRole("button", { name: `Remove the view ${name}` })
    .click();
  await expect(link).toHaveCount(0);
});

test("a view needs a name, also of a person without JavaScript", async ({
  browser,
  baseURL,
  target,
  license,
}) => {
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
  await expect(viewsOf(page).getByRole("alert")).toHaveText(/Give the view a name/);
  await save(page, name);
  await viewsOf(page)
    .getByRole("button", { name: `Remove the view ${name}` })
    .click();
  await expect(viewsOf(page).getByText("Save this view")).toBeVisible();
  await context.close();
});
