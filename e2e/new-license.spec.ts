import { randomUUID } from "node:crypto";
import { expect, test } from "./fixtures";
import { spaced, timeAllotment } from "./guide";

test("a license can be created together with its customer", async ({ admin: page, api }) => {
  const customer = `Wingtip ${randomUUID()}`;
  await page.goto("/licenses");
  await page.getByRole("link", { name: "New license" }).click();
  const create = page.getByRole("button", { name: "Create license" });
  await expect(create).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("combobox", { name: "Customer" }).fill(customer);
  await expect(page.getByText(/^This customer is new/)).toBeVisible();
  await page.getByLabel("Product", { exact: true }).fill("QSEfW");
  await page.getByLabel("professional, seats, row 1", { exact: true }).fill("25");
  await create.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${customer}, QSEfW`);
  const number = new URL(page.url()).pathname.split("/").at(-1);
  const made = await (await api.get(`/api/v1/admin/licenses/${number}`)).json();
  expect(made).toMatchObject({ customer: { name: customer }, products: ["QSEfW"], status: "active" });
  expect(made.definition.allotments).toMatchObject([
    { name: "professional", units: [{ count: 25, valid: "" }] },
  ]);
});

test("a license can be copied from another one without filling in anything", async ({
  admin: page,
  api,
  issue,
}) => {
  const like = await issue({
    allotments: [timeAllotment({ overage: "YES" })],
    valid: "2026-01-01/2030-12-31",
    products: ["QSEfW", "QV"],
    settings: { leaseDays: 9 },
  });
  await page.goto(`/licenses/new?copy=${like.number}`);
  await expect(page.getByText(`copied from ${spaced(like.number)}`)).toBeVisible();
  await page.getByRole("button", { name: "Create license" }).click();
  await page.waitForURL(/\/licenses\/\d{16}$/);
  const read = async (number?: string) => (await api.get(`/api/v1/admin/licenses/${number}`)).json();
  const copy = await read(new URL(page.url()).pathname.split("/").at(-1));
  const { customer, products, settings, definition } = await read(like.number);
  expect(copy.number).not.toBe(like.number);
  expect(copy).toMatchObject({ customer, products, settings, definition });
});

test("a refused license shows errors beside the fields and keeps all input", async ({
  admin: page,
  license,
}) => {
  await page.goto(`/licenses/new?copy=${license.number}`);
  const number = page.getByRole("textbox", { name: "License number" });
  await number.fill(spaced(license.number));
  await page.getByRole("button", { name: "Create license" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: `License ${license.number} already exists.` }),
  ).toBeVisible();
  await expect(number).toHaveValue(spaced(license.number));
  await number.fill("12");
  await page.getByRole("button", { name: "Create license" }).click();
  await expect(page.getByRole("alert").first()).toContainText("number");
});

test("after a refusal the first invalid field has the focus, and links lead to all of them", async ({
  admin: page,
  license,
}) => {
  await page.goto(`/licenses/new?copy=${license.number}`);
  for (let added = 0; added < 3; added++) await page.getByRole("button", { name: "Add allotment" }).click();
  await page.getByRole("button", { name: "Create license" }).press("Enter");
  const wrong = page.locator('[aria-invalid="true"]');
  await expect(wrong.first()).toBeFocused();
  const links = page.getByRole("navigation", { name: "Errors" }).getByRole("link");
  await expect(links).toHaveCount(await wrong.count());
  await links.last().press("Enter");
  await expect(wrong.last()).toBeFocused();
  await expect(page).toHaveURL(/copy=\d{16}$/);
});
