import type { Page } from "@playwright/test";
import { alive, openAlive } from "./alive";
import { subject } from "./canary";
import { expect, test } from "./fixtures";
import { seats } from "./guide";
import { sync } from "./product";
import { tabTo } from "./tab-to";

const rowOf = (page: Page, subject: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name: subject, exact: true }) });

test("seats can be found, assigned, released and converted with the keyboard alone", async ({
  admin: page,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(5), seats(5, "analyzer")] });
  await page.goto("/licenses");
  await tabTo(page, page.getByRole("searchbox", { name: "Find a license" }));
  await page.keyboard.type(number);
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=/);
  await tabTo(page, page.getByRole("row").getByRole("link", { name: new RegExp(number.slice(-4)) }));
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/licenses/${number}`);
  await tabTo(
    page,
    page.getByRole("navigation", { name: "License", exact: true }).getByRole("link", { name: "Assignments" }),
  );
  await page.keyboard.press("Enter");
  await page.waitForURL(/assignments/);
  await alive(page);

  await page.keyboard.press("a");
  await page.getByRole("dialog").getByLabel("Users, one per line").waitFor();
  await tabTo(page, page.getByLabel("Users, one per line"));
  await page.keyboard.type("acme\\bob\nacme\\eve\nacme\\gwen");
  await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Assign" }));
  await page.keyboard.press("Enter");
  await expect(rowOf(page, "acme\\gwen")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.keyboard.press("ControlOrMeta+z");
  await expect(rowOf(page, "acme\\gwen")).toHaveCount(0);
  await page.keyboard.press("a");
  await tabTo(page, page.getByLabel("Users, one per line"));
  await page.keyboard.type("acme\\bob\nacme\\eve");
  await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Assign" }));
  await page.keyboard.press("Enter");
  await expect(rowOf(page, "acme\\eve")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByText("2 selected")).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Convert…" }));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("a");
  await tabTo(page, page.getByRole("button", { name: "Convert 2" }));
  await page.keyboard.press("Enter");
  await expect(rowOf(page, "acme\\bob")).toContainText("analyzer");
  await expect(rowOf(page, "acme\\eve")).toContainText("analyzer");
});

const LISTS = [
  { name: "licenses", path: () => "/licenses" },
  { name: "customers", path: () => "/customers" },
  { name: "audit", path: () => "/audit" },
  { name: "deployments", path: (number: string) => `/licenses/${number}/deployments` },
  { name: "keys", path: (number: string) => `/licenses/${number}/keys` },
] as const;

for (const { name, path } of LISTS)
  test(`j and k move through the rows: ${name}`, async ({
    admin: page,
    license: { number, site },
    issue,
    api,
  }) => {
    await issue();
    for (const source of ["warsaw", "munich"])
      await sync(site, { source, bases: [{ license: number, version: 0 }], patches: [] });
    const made = await api.post(`/api/v1/admin/licenses/${number}/keys`, { data: { label: "one more" } });
    expect(made.ok(), await made.text()).toBe(true);
    await openAlive(page, path(number));
    const rows = page.locator("main tbody tr");
    const at = (row: number) => rows.nth(row).getByRole("link").first();
    await page.keyboard.press("ArrowDown");
    await expect(page.locator("tr:focus-within")).toHaveCount(0);
    await page.keyboard.press("j");
    await expect(at(0)).toBeFocused();
    await page.keyboard.press("j");
    await expect(at(1)).toBeFocused();
    await page.keyboard.press("k");
    await expect(at(0)).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(at(1)).toBeFocused();
    const href = await at(1).getAttribute("href");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(href ?? "");
  });

test("j and Enter open a person", async ({ admin: page }) => {
  await openAlive(page, "/people");
  await page.keyboard.press("j");
  await expect(page.getByRole("rowheader").first().getByRole("link")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/open=/);
});

for (const [path, made] of [
  ["/licenses", "New license"],
  ["/customers", "New customer"],
  ["/people", "Invite a person"],
  ["/tokens", "Create token"],
] as const)
  test(`n creates a new entry of the list: ${path}`, async ({ admin: page }) => {
    await openAlive(page, path);
    await page.keyboard.press("n");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(made);
  });

test("n issues a key, and the dialog of ? lists it", async ({ admin: page, license: { number } }) => {
  await openAlive(page, `/licenses/${number}/keys`);
  await page.keyboard.press("?");
  const told = page.getByRole("dialog").getByRole("definition");
  await expect(told.filter({ hasText: "Submit the form" })).toBeVisible();
  await expect(told.filter({ hasText: "Create a license, key, customer" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(page).toHaveURL(`/licenses/${number}/keys/new`);
});

test("Ctrl+Enter submits forms and confirms dialogs", async ({ admin: page, issue }) => {
  const { number } = await issue({ allotments: [seats(5)] });
  await openAlive(page, `/licenses/${number}/assignments`);
  await page.keyboard.press("a");
  const names = page.getByRole("dialog").getByLabel("Users, one per line");
  await names.fill("acme\\bob\nacme\\eve");
  await names.press("ControlOrMeta+Enter");
  await expect(rowOf(page, "acme\\eve")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  for (const name of ["bob", "eve"])
    await page.getByRole("checkbox", { name: `Select acme\\${name}` }).check();
  await page.keyboard.press("r");
  await expect(page.getByRole("button", { name: "Release 2" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByText("No users are assigned.")).toBeVisible();
});

test("a file can be chosen, checked, filtered and imported with the keyboard alone", async ({
  admin: page,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(5)] });
  await openAlive(page, `/licenses/${number}/assignments/import`);
  await tabTo(page, page.getByLabel("CSV file"));
  const choosing = page.waitForEvent("filechooser");
  await page.evaluate(() => {}); // The page must learn first that the test handles file choosers.
  await page.keyboard.press("Enter");
  const chooser = await choosing;
  const rows = [
    "subject,allotment",
    subject("bob"),
    ",professional",
    `${subject("eve")},analyser`,
    subject("kim"),
  ];
  const buffer = Buffer.from(rows.join("\n"));
  await chooser.setFiles({ name: "people.csv", mimeType: "text/csv", buffer });
  await expect(page.getByRole("heading", { name: "Confirm the columns of people.csv" })).toBeFocused();
  await tabTo(page, page.getByRole("button", { name: "Check rows" }));
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("table", { name: "Rows of the file" }).getByRole("row");
  await expect(sheet).toHaveCount(5);
  await tabTo(page, page.getByRole("button", { name: "Skipped 2" }));
  await page.keyboard.press("Space");
  await expect(sheet).toHaveCount(3);
  await expect(page.getByRole("button", { name: "Skipped 2" })).toBeFocused();
  await tabTo(page, page.getByRole("button", { name: "Assign 2 of 4" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Assigned 2" })).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Assigned 2" }));
  await page.keyboard.press("Enter");
  await expect(sheet).toHaveCount(3);
  await page.goto(`/licenses/${number}/assignments`);
  for (const name of ["bob", "kim"]) await expect(rowOf(page, subject(name))).toBeVisible();
});

test("a definition can be found, changed, corrected and saved with the keyboard alone", async ({
  admin: page,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(5)] });
  await page.goto(`/licenses/${number}`);
  const pages = page.getByRole("navigation", { name: "License", exact: true });
  await tabTo(page, pages.getByRole("link", { name: "Definition" }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/definition/);
  const product = page.getByLabel("Product", { exact: true });
  await expect(product).toBeEnabled();
  await tabTo(page, product);
  await page.keyboard.type("Another");
  await page.keyboard.press("Tab");
  const code = page.getByLabel("Product code", { exact: true });
  await expect(code).toBeFocused();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(code).toHaveAttribute("aria-invalid", "true");
  await expect(code).toBeFocused();
  await page.keyboard.type("QSEfD");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  await page.reload();
  await expect(product).toHaveValue("QSEfD");
});
