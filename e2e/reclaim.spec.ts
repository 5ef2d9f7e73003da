import { expectAccessible } from "./accessible";
import { subject } from "./canary";
import { expect, test } from "./fixtures";
import { seats } from "./guide";
import { newPatch, sync } from "./product";

test("a rule is looked at, turned on and off, and users are put on the never-release list", async ({
  admin: page,
  issue,
  api,
}) => {
  const { number, site } = await issue({ allotments: [seats(5)] });
  const patches = ["bob", "eve"].map((name) => newPatch(number, subject(name)));
  await sync(site, { source: "a deployment", bases: [{ license: number, version: 0 }], patches });
  await page.goto(`/licenses/${number}/assignments`);
  await page.locator("summary", { hasText: /^More$/ }).click();
  await page.getByRole("link", { name: "Reclaim" }).click();
  await page.getByRole("button", { name: "Rule for professional" }).click();
  const dialog = page.getByRole("dialog", { name: "Reclaim professional seats" });
  await dialog.getByRole("button", { name: "Show seats" }).click();
  await expect(dialog).toContainText(
    "No seat would be released now. Kept: 2 whose deployment does not report use.",
  );
  await dialog.getByLabel("Release unused seats").check({ force: true });
  await expectAccessible(page);
  await dialog.getByLabel("Idle").fill("60");
  await dialog.getByRole("button", { name: "Save rule" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Seats not used for 60 days")).toBeVisible();
  const { items } = await (await api.get(`/api/v1/admin/licenses/${number}/reclaim-rules`)).json();
  expect(items).toMatchObject([{ allotment: "professional", isOn: true, idleDays: 60 }]);

  await page.getByRole("button", { name: "Add users…" }).click();
  const list = page.getByRole("dialog", { name: "Never release" });
  await list.getByLabel("Kind").selectOption("Directory");
  await list.getByLabel("Directory", { exact: true }).fill("ACME");
  await page.keyboard.press("Enter");
  await expect(list).toBeHidden();
  await expect(page.getByText("ACME", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Remove ACME from the list" }).click();
  await page.getByRole("button", { name: "Remove from list" }).click();
  await expect(page.getByText("Nobody is on the list yet.")).toBeVisible();
});
