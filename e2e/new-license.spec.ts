import { randomUUID } from "node:crypto";
import type { APIRequestContext, Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { openAlive } from "./alive";
import { expect, test } from "./fixtures";
import { spaced, timeAllotment } from "./guide";

test("a license can be created together with its customer, for a year from today", async ({
  admin: page,
  api,
}) => {
  const customer = `Wingtip ${randomUUID()}`;
  await page.goto("/licenses");
  await page.getByRole("link", { name: "New license" }).click();
  const create = page.getByRole("button", { name: "Create license" });
  await expect(create).toHaveAttribute("aria-disabled", "true");
  const summary = page.getByRole("region", { name: "Summary" });
  await summary.getByRole("link", { name: "Enter the customer" }).press("Enter");
  await expect(page.getByRole("combobox", { name: "Customer" })).toBeFocused();
  await page.keyboard.insertText(customer);
  await expect(page.getByText(/^This customer is new/)).toBeVisible();
  await page.getByLabel("Product", { exact: true }).selectOption("QCS");
  await page.getByLabel("professional, seats, row 1", { exact: true }).fill("25");
  await expect(summary).toContainText("analyzer has no units, so nobody can use it.");
  await page.getByRole("button", { name: "Remove analyzer" }).click();
  await expect(summary).toContainText("25 seats");
  await create.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${customer}, QCS`);
  const made = await readLicense(page, api);
  expect(made).toMatchObject({ customer: { name: customer }, products: ["QCS"], status: "active" });
  expect(made.definition.allotments).toMatchObject([
    { name: "professional", units: [{ count: 25, valid: "" }] },
  ]);
  const [first = "", last = ""] = made.valid.split("/");
  expect((Date.parse(last) - Date.parse(first)) / 86_400_000).toBeGreaterThan(363);
});

test("a template fills in the form, an edit before it can be undone, and a changed one can be saved for the next license", async ({
  admin: page,
  api,
  license,
}) => {
  const name = `Bank ${randomUUID()}`;
  await openAlive(page, `/licenses/new?customer=${license.customerId}`);
  await page.getByLabel("professional, seats, row 1", { exact: true }).fill("7");
  await page.getByRole("button", { name: /^Capacity/ }).click();
  await expect(page.getByRole("group", { name: "professional", exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByLabel("professional, seats, row 1", { exact: true })).toHaveValue("7");
  await page.getByRole("button", { name: /^Capacity/ }).click();
  await page.getByLabel("analyzer_time, minutes, row 1", { exact: true }).fill("6000");
  await page.getByLabel("analyzer_time, overage", { exact: true }).selectOption("count");
  await page.getByLabel("analyzer_time, overage in minutes").fill("600");
  await page.getByLabel("Product", { exact: true }).selectOption({ label: "Another product…" });
  await page.getByLabel("Product code").fill("NPrinting");
  await page.getByRole("button", { name: "Valid: 2 years" }).click();
  await page.getByRole("button", { name: "Save as a template…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save template" }).click();
  const own = page.getByRole("button", { name: new RegExp(`^${name}`) });
  await expect(own).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Create license" }).click();
  await page.waitForURL(/\/licenses\/\d{16}$/);

  await openAlive(page, `/licenses/new?customer=${license.customerId}`);
  await own.click();
  const summary = page.getByRole("region", { name: "Summary" });
  await expect(summary).toContainText("6,000 minutes a month, overage 600 minutes");
  await expect(summary).toContainText("2 years");
  await page.getByRole("button", { name: "Create license" }).click();
  await page.waitForURL(/\/licenses\/\d{16}$/);
  expect(await readLicense(page, api)).toMatchObject({
    product: "NPrinting",
    settings: { whenOffline: "bounded" },
    definition: {
      allotments: [
        {
          name: "analyzer_time",
          usage: { class: "time", minimum: 6 },
          provisions: [{ accessType: "analyzer" }],
          units: [{ count: 6000, valid: "" }],
          overage: 600,
        },
      ],
    },
  });
  await openAlive(page, "/licenses/new");
  await own.click();
  await page.getByRole("button", { name: "Remove this template…" }).click();
  await dialog.getByRole("button", { name: "Remove template" }).click();
  await expect(own).toHaveCount(0);
});

test("a customer that is nearly known is suggested", async ({ admin: page, issue }) => {
  const known = `Nordlicht ${randomUUID()} Logistik`;
  await issue({ customer: `${known} AG` });
  await openAlive(page, "/licenses/new");
  const customer = page.getByRole("combobox", { name: "Customer" });
  await customer.fill(`${known.toUpperCase()} GmbH`);
  await expect(page.getByText("Did you mean the customer")).toBeVisible();
  await page.getByRole("button", { name: `Use ${known} AG` }).click();
  await expect(customer).toHaveValue(`${known} AG`);
  await expect(page.getByText("Did you mean the customer")).toBeHidden();
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
  const copy = await readLicense(page, api);
  const { customer, products, settings, definition } = await (
    await api.get(`/api/v1/admin/licenses/${like.number}`)
  ).json();
  expect(copy.number).not.toBe(like.number);
  expect(copy).toMatchObject({ customer, products, settings, definition });
});

test("a license to copy is found by its number, and brings its customer along", async ({
  admin: page,
  api,
  license,
}) => {
  await openAlive(page, "/licenses/new");
  await page.getByRole("button", { name: /^Copy of a license/ }).click();
  await page.getByRole("searchbox", { name: "License to copy" }).fill(license.number);
  const found = page.getByRole("list", { name: "Licenses found" });
  await found.getByRole("button", { name: new RegExp(spaced(license.number)) }).click();
  await expect(page.getByRole("combobox", { name: "Customer" })).not.toHaveValue("");
  await page.getByRole("button", { name: "Create license" }).click();
  await page.waitForURL(/\/licenses\/\d{16}$/);
  const [made, like] = [
    await readLicense(page, api),
    await (await api.get(`/api/v1/admin/licenses/${license.number}`)).json(),
  ];
  expect(made).toMatchObject({ customer: like.customer, definition: like.definition });
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

/** The license whose page is open. */
async function readLicense(page: Page, api: APIRequestContext) {
  const number = new URL(page.url()).pathname.split("/").at(-1);
  return (await api.get(`/api/v1/admin/licenses/${number}`)).json();
}

test("a list of licenses is checked, created, and creates nothing the second time", async ({
  admin: page,
}) => {
  const customer = `List ${randomUUID()}`;
  const rows = [`${customer},Trial,,`, `${customer},,12,2030-12-31`, `${customer},Gold,,`];
  const csv = ["customer,template,professional,until", ...rows].join("\n");
  await openAlive(page, "/licenses/new");
  await page.getByRole("link", { name: "Create licenses from CSV" }).click();
  const choose = page.getByLabel("CSV file");
  const file = { name: "licenses.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
  await choose.setInputFiles(file);
  await expect(page.getByText("2 licenses to create, 1 row skipped")).toBeVisible();
  await expect(page.getByRole("row", { name: /There is no template “Gold”/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /12 professional/ })).toContainText("31 Dec 2030");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create 2 licenses" }).click();
  await expect(page.getByText("Creation finished: 2 created, 0 already here, 1 skipped")).toBeVisible();
  await choose.setInputFiles(file);
  await expect(page.getByText("0 licenses to create, 1 row skipped")).toBeVisible();
  await expect(page.getByRole("row", { name: /Created from this file before/ })).toHaveCount(2);
});
