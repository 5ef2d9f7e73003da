import { randomUUID } from "node:crypto";
import { issueLicense } from "./fixtures";
import { spaced } from "./guide";
import { expect, test } from "./people";

test("a customer can be created, renamed, and found with its licenses", async ({ admin: page, api }) => {
  const name = `Northwind ${randomUUID()}`;
  await page.goto("/customers");
  await page.getByRole("link", { name: "New customer" }).click();
  await page.getByLabel("Customer name").fill(name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page.getByText("No licenses yet.")).toBeVisible();
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const { number } = await issueLicense(api, { customer: id });
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(`${name} Ltd`);
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${name} Ltd`);
  await expect(page.getByRole("row", { name: spaced(number) })).toBeVisible();
  await page.goto(`/customers?q=${encodeURIComponent(name.toUpperCase())}`);
  const row = page.getByRole("row", { name: `${name} Ltd` });
  await expect(row.getByRole("cell").nth(1)).toHaveText("1");
  await row.getByRole("link").click();
  await page.getByRole("link", { name: "Filter and export these" }).click();
  await expect(page).toHaveURL(`/licenses?customer=${id}`);
});

test("a customer name that exists is refused beside its field", async ({ admin: page, license }) => {
  await page.goto("/customers/new");
  const name = page.getByLabel("Customer name");
  await name.fill(license.customer.toUpperCase());
  await page.getByRole("button", { name: "Create customer" }).click();
  await expect(page.getByText(/^There is already a customer .* Names are case-insensitive\./)).toBeVisible();
  await expect(name).toHaveValue(license.customer.toUpperCase());
});

test("the list of customers filters while typing, sorts by the worst license, and exports what it shows", async ({
  admin: page,
  api,
}) => {
  const word = randomUUID();
  const names = [`=A ${word}`, `B ${word}`];
  for (const name of names) await api.post("/api/v1/admin/customers", { data: { name } });
  const { number } = await issueLicense(api, { customer: `C ${word}` });
  await api.patch(`/api/v1/admin/licenses/${number}`, {
    data: { status: "suspended" },
    headers: { "If-Match": "*" },
  });
  await page.goto("/customers");
  await page.getByRole("searchbox", { name: "Find a customer" }).pressSequentially(word.slice(0, 13));
  await expect(page).toHaveURL(/q=/);
  await expect(page.getByRole("rowheader")).toHaveText([...names, `C ${word}`]);
  await page.getByRole("columnheader", { name: "Worst state" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=worst/);
  await expect(page.getByRole("rowheader").first()).toHaveText(`C ${word}`);
  await expect(page.getByRole("combobox", { name: "Sort by" })).toHaveValue("worst");
  await expect(page.getByText("3 of 3 customers, worst first")).toBeVisible();
  const href = await page.getByRole("link", { name: "Export CSV" }).getAttribute("href");
  const sheet = await (await page.request.get(href ?? "")).text();
  const rows = sheet.trim().split("\r\n").slice(1);
  expect(rows.map((row) => row.split(",").slice(0, 3).join())).toEqual([
    `C ${word},suspended,1`,
    `'=A ${word},,0`,
    `B ${word},,0`,
  ]);
  await page.goto("/customers?sort=loudest");
  await expect(page.getByText("One filter in this link is unknown and was ignored.")).toBeVisible();
});

test("the pages of a list link forward and back, even without JavaScript", async ({
  admin,
  api,
  browser,
  baseURL,
  target,
}) => {
  if ("fault" in target.owner) throw new Error(target.owner.fault);
  const word = `zz ${randomUUID()}`;
  const names = Array.from({ length: 101 }, (_, at) => `${word} ${String(at).padStart(3, "0")}`);
  for (const name of names)
    expect((await api.post("/api/v1/admin/customers", { data: { name } })).status()).toBe(201);
  const { storageState } = target.owner;
  const plain = await browser.newContext({ baseURL, storageState, javaScriptEnabled: false });
  for (const page of [admin, await plain.newPage()]) {
    const shows = async (first: number, rows: number) => {
      await expect(page.getByRole("rowheader").first()).toHaveText(names[first] ?? "");
      await expect(page.getByRole("rowheader")).toHaveCount(rows);
    };
    const press = (name: string) => page.getByRole("link", { name, exact: true }).click();
    await page.goto(`/customers?q=${word}`);
    await shows(0, 50);
    await expect(page.getByRole("link", { name: "Previous customers" })).toHaveCount(0);
    await press("Next customers");
    await shows(50, 50);
    await press("Next customers");
    await shows(100, 1);
    await expect(page.getByRole("link", { name: "Next customers" })).toHaveCount(0);
    await press("Previous customers");
    await shows(50, 50);
    await press("Previous customers");
    await shows(0, 50);
  }
  await plain.close();
});

test("a missing customer is a 404, whatever the id", async ({ admin: page }) => {
  for (const id of [randomUUID(), "12"])
    expect((await page.request.get(`/customers/${id}`)).status(), id).toBe(404);
});

test("a license admin can't learn that another customer exists", async ({ api, person }) => {
  const word = randomUUID();
  const acme = await issueLicense(api, { customer: `Acme ${word}` });
  const mine = [acme, await issueLicense(api, { customer: acme.customerId })];
  const today = new Date().toISOString().slice(0, 10);
  const theirs = await issueLicense(api, { customer: `Beta ${word}`, valid: `./${today}` });
  const { page } = await person("license-admin", acme.customerId);

  await page.goto("/");
  await expect(page.getByText("2 licenses are healthy.")).toBeVisible();
  await expect(page.getByText("Nothing needs your attention.")).toBeVisible();
  for (const path of [
    "/",
    "/licenses",
    "/licenses?view=needs",
    "/licenses?sort=-used",
    "/customers",
    "/customers?sort=worst",
    "/licenses/new",
    "/audit",
    "/audit?action=license",
    `/licenses/${mine[0]?.number}/audit`,
  ]) {
    const shown = await page.request.get(path);
    expect(shown.status(), path).toBe(200);
    const said = await shown.text();
    for (const secret of [`Beta ${word}`, theirs.number, spaced(theirs.number), theirs.customerId])
      expect(said, `${secret} on ${path}`).not.toContain(secret);
  }
  await page.goto("/licenses");
  await expect(page.getByText("2 of 2 licenses, newest first")).toBeVisible();
  await page.goto(`/licenses?customer=${theirs.customerId}`);
  await expect(page.getByText(/^One filter in this link is unknown/)).toBeVisible();
  for (const q of [theirs.number, `Beta ${word}`]) {
    await page.goto(`/licenses?q=${q}`);
    await expect(page.getByText(`No licenses match “${q}”.`)).toBeVisible();
  }
  for (const order of ["name", "worst"]) {
    await page.goto(`/customers?q=Beta ${word}&sort=${order}`);
    await expect(page.getByText(`No customers match “Beta ${word}”.`)).toBeVisible();
  }
  const sheet = await (await page.request.get(`/licenses/export?customer=${theirs.customerId}`)).text();
  expect(mine.map(({ number }) => sheet.includes(spaced(number)))).toEqual([true, true]);
  expect(sheet).not.toContain(spaced(theirs.number));
  for (const order of ["", "?sort=worst"]) {
    const rows = await (await page.request.get(`/customers/export${order}`)).text();
    expect(rows).toContain(acme.customerId);
    expect(rows).not.toContain(theirs.customerId);
  }

  for (const chain of [theirs.number, "installation"])
    expect((await page.request.get(`/audit/export?chain=${chain}`)).status(), chain).toBe(404);

  const refusals = [];
  for (const path of [
    `/customers/${theirs.customerId}`,
    `/customers/${randomUUID()}`,
    `/licenses/${theirs.number}`,
    `/licenses/new?copy=${theirs.number}`,
    `/licenses/${theirs.number}/audit`,
    `/licenses/${theirs.number}/deployments`,
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
    refusals.push(await page.getByRole("main").textContent());
  }
  expect(new Set(refusals).size).toBe(1);

  await page.goto(`/customers/${acme.customerId}`);
  await expect(page.getByRole("button", { name: "Rename" })).toHaveAttribute("aria-disabled", "true");
  await page.goto("/licenses/new");
  await expect(page.getByRole("button", { name: "Create license" })).toHaveAttribute("aria-disabled", "true");

  const { page: other } = await person("license-admin", theirs.customerId);
  await other.goto("/");
  await expect(other).toHaveURL(`/licenses/${theirs.number}`);
});
