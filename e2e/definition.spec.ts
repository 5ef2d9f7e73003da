import type { APIRequestContext, Page } from "@playwright/test";
import { subject } from "./canary";
import { expect, type Licensed, test } from "./fixtures";
import { seats, timeAllotment } from "./guide";
import { newPatch, sync } from "./product";

const definitionOf = (number: string) => `/licenses/${number}/definition`;
const preview = (page: Page) => page.getByRole("region", { name: "Effect of this change" });
const save = (page: Page) => page.getByRole("button", { name: /^Save definition/ });
const seatsOf = (page: Page, allotment: string) =>
  page.getByLabel(`${allotment}, seats, row 1`, { exact: true });
const lastDay = (page: Page) => page.getByRole("textbox", { name: "Valid, last day" });

test("reducing seats names the users who lose access and asks for confirmation, with the keyboard alone", async ({
  admin: page,
  api,
  issue,
}) => {
  const license = await issue({ allotments: [seats(5, "analyzer"), seats(2)] });
  await assign(license, ["ada", "bob", "cyd", "dee"]);
  await page.goto(definitionOf(license.number));
  await seatsOf(page, "analyzer").fill("1");
  await expect(preview(page)).toContainText("3 analyzer assignments will be in excess");
  await expect(preview(page)).toContainText(`${subject("dee")}, ${subject("cyd")}`);
  await preview(page).getByRole("button", { name: "1 more" }).click();
  await expect(preview(page)).toContainText(subject("bob"));
  await page.keyboard.press("ControlOrMeta+s");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("3 analyzer assignments will be in excess");
  await dialog.getByRole("button", { name: "Save and deny 3" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  expect((await storedDefinition(api, license.number)).allotments[0].units[0].count).toBe(1);
  await expect(page.getByRole("table", { name: /^Versions/ }).getByRole("row")).toHaveCount(3);
  await page.getByRole("link", { name: "Compare" }).click();
  await expect(page.getByRole("row", { name: "analyzer, units" })).toContainText("5, no end date");
});

test("dated units appear as a bar and as text while they are edited", async ({ admin: page, issue }) => {
  const year = new Date().getUTCFullYear();
  const { number } = await issue({
    allotments: [
      {
        ...seats(400),
        units: [
          { count: 400, valid: `${year}-01-01/.` },
          { count: 50, valid: `${year + 1}-03-01/.` },
        ],
      },
    ],
  });
  await page.goto(definitionOf(number));
  const allotment = page.getByRole("group", { name: "professional", exact: true });
  const words = allotment.getByText(/^none until/);
  await expect(words).toHaveText(
    `none until 31 Dec ${year - 1}, 400 from 1 Jan ${year} (now), 450 from 1 Mar ${year + 1}`,
  );
  await expect(allotment.locator("svg text")).toHaveText(["0", "400", "450", "Today"]);
  await page.getByLabel("professional, seats, row 2", { exact: true }).fill("1000");
  await expect(words).toContainText(`1,400 from 1 Mar ${year + 1}`);
});

test("a save never overwrites an earlier save by somebody else", async ({ admin: page, api, issue }) => {
  const license = await issue({ allotments: [seats(5, "analyzer"), timeAllotment()] });
  await page.goto(definitionOf(license.number));
  await expect(page.getByText(license.version).first()).toBeVisible();
  const theirs = await storedDefinition(api, license.number);
  theirs.valid = "2026-01-01/2099-12-31";
  theirs.allotments[0].units[0].count = 7;
  await saveDefinition(api, license, theirs);
  await seatsOf(page, "analyzer").fill("9");
  await page.getByLabel("Trial").check({ force: true });
  await save(page).click();
  const conflict = page.getByRole("region", { name: "Conflicting change" });
  await expect(conflict).toContainText("The definition was not saved.");
  await expect(conflict.getByRole("row", { name: "Valid" })).toBeVisible();
  await conflict.getByText("Theirs", { exact: true }).last().click();
  await conflict.getByRole("button", { name: "Reapply my changes" }).click();
  await expect(seatsOf(page, "analyzer")).toHaveValue("7");
  await save(page).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  expect(await storedDefinition(api, license.number)).toMatchObject({ valid: theirs.valid, trial: true });
});

test("form and JSON edit the same document, and errors name their line", async ({ admin: page, license }) => {
  await page.goto(definitionOf(license.number));
  await lastDay(page).fill("31 Dec 2098");
  await page.getByText("JSON", { exact: true }).click();
  await expect(page).toHaveURL(/as=json/);
  const text = page.getByLabel("Definition as JSON");
  await expect(text).toHaveValue(/"valid": ".\/2098-12-31"/);
  const good = await text.inputValue();
  await text.fill(good.replace(/"count": \d+/, '"count": -1'));
  await expect(page.getByText(/^Line \d+, \/allotments\/0\/units\/0\/count: /)).toBeVisible();
  await page.getByRole("button", { name: /^Line \d+$/ }).press("Enter");
  await expect(text).toBeFocused();
  const selected = () =>
    text.evaluate(
      (area) =>
        area instanceof HTMLTextAreaElement && area.value.slice(area.selectionStart, area.selectionEnd),
    );
  expect(await selected()).toContain('"count": -1');
  await expect(preview(page).getByRole("button", { name: /^Copy the request ID/ })).toBeVisible();
  await text.fill(`${good.slice(0, -1)},`);
  await expect(page.getByText(/^Line \d+: /).first()).toBeVisible();
  await text.fill(good.replace("2098", "2097"));
  await expect(preview(page)).toContainText("checked");
  await page.getByText("Form", { exact: true }).click();
  await expect(lastDay(page)).toHaveValue("31 Dec 2097");
});

test("leaving with unsaved changes asks first, and staying keeps them", async ({ admin: page, license }) => {
  await page.goto(definitionOf(license.number));
  await lastDay(page).fill("2098-12-31");
  await page.getByRole("link", { name: "Keys", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Leave this page?" });
  await dialog.getByRole("button", { name: "Stay" }).click();
  await expect(lastDay(page)).toHaveValue("31 Dec 2098");
  await page.getByRole("link", { name: "Keys", exact: true }).click();
  await dialog.getByRole("button", { name: "Leave without saving" }).click();
  await expect(page).toHaveURL(/\/keys$/);
});

test("a text that is no day is never taken for a license without an end", async ({
  admin: page,
  license,
}) => {
  await page.goto(definitionOf(license.number));
  await lastDay(page).fill("31 Dez 2098");
  await lastDay(page).blur();
  await expect(lastDay(page)).toHaveAccessibleDescription("Write a day as 28 Nov 2026 or 2026-11-28.");
  await expect(page.getByRole("alert").filter({ hasText: "validity" })).toHaveCount(0);
  await save(page).click();
  await expect(lastDay(page)).toHaveValue("31 Dez 2098");
  await page.reload();
  await expect(lastDay(page)).not.toHaveValue("31 Dez 2098");
});

async function assign({ site, number }: Licensed, names: string[]): Promise<void> {
  const patches = names.map((name) => newPatch(number, subject(name), { allotment: "analyzer" }));
  const bases = [{ license: number, version: 0 }];
  const { body } = await sync(site, { source: "Warsaw", bases, patches });
  expect(body.patches.map(({ rejection }) => rejection)).toEqual(names.map(() => ""));
}

async function storedDefinition(api: APIRequestContext, number: string) {
  return (await (await api.get(`/api/v1/admin/licenses/${number}`)).json()).definition;
}

async function saveDefinition(
  api: APIRequestContext,
  { number, version }: Licensed,
  data: object,
): Promise<void> {
  const headers = { "If-Match": `"${version}"` };
  const saved = await api.put(`/api/v1/admin/licenses/${number}/definition`, { data, headers });
  expect(saved.status(), await saved.text()).toBe(200);
}
