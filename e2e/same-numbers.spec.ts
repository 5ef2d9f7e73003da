import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { subject } from "./canary";
import { expect, test } from "./fixtures";
import { seats, timeAllotment } from "./guide";
import { consumptionOf, newPatch, report, sync } from "./product";

const SITES = ["3f1e4a7e-8f0b-4a39-9a51-3f7d61cf2b01", "7b1d53c2-51d1-4a4d-8f0e-6a64bd1f7a02"];
const USED = [1000, 639];
const [TOTAL, QUOTA] = [1639, 1500];
const [HELD, UNITS, EXCESS] = [5, 3, 2];

const month = () => new Date().toISOString().slice(0, 7);

const rowOf = (page: Page, number: string) =>
  page.getByRole("row").filter({ has: page.locator(`a[href="/licenses/${number}"]`) });

const lineOf = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

async function csvOf(page: Page, link: Locator): Promise<string[][]> {
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const text = (await readFile(await file.path(), "utf8")).trim();
  return text.split("\r\n").map((line) => line.split(","));
}

test("used minutes are the same in the list, on every page, in the API, for products and in the export", async ({
  admin: page,
  api,
  issue,
}) => {
  const allotment = timeAllotment({ units: [{ count: QUOTA, valid: "" }], overage: 300 });
  const { number, site } = await issue({ allotments: [allotment] });
  for (const [at, source] of SITES.entries()) {
    const used = { id: at, allotment: "analyzer_time", month: month(), consumption: USED[at] };
    await report(site, { source, consumption: [used] });
  }
  const { body } = await consumptionOf(site, month());
  expect(body.consumption).toMatchObject([{ total: TOTAL, quota: QUOTA }]);

  const usage = await (await api.get(`/api/v1/admin/licenses/${number}/usage?month=${month()}`)).json();
  const [{ total, quota, bySource, byDay }] = usage.allotments;
  const sum = (parts: { consumed: number }[]) => parts.reduce((all, { consumed }) => all + consumed, 0);
  expect([total, quota, sum(bySource), sum(byDay)]).toEqual([TOTAL, QUOTA, TOTAL, TOTAL]);

  await page.goto(`/licenses?q=${number}`);
  await expect(rowOf(page, number)).toContainText("1,639 of 1,500");
  const [heads = [], row = []] = await csvOf(page, page.getByRole("link", { name: "Export CSV" }));
  const cell = (name: string) => Number(row[heads.indexOf(name)]);
  expect([cell("minutes used"), cell("minutes quota")]).toEqual([TOTAL, QUOTA]);
  await page.goto(`/licenses/${number}`);
  await expect(lineOf(page, "analyzer_time")).toContainText("1,639 of 1,500 minutes");
  await expect(lineOf(page, "analyzer_time")).toContainText("139 over");
  await page.goto(`/licenses/${number}/capacity`);
  for (const [at, source] of SITES.entries())
    await expect(page.getByRole("button", { name: source })).toContainText(
      `${USED[at]?.toLocaleString("en")},`,
    );
  await expect(page.getByRole("definition").filter({ hasText: "1,639 minutes" }).first()).toBeVisible();
  const [head = [], ...days] = await csvOf(page, page.getByRole("link", { name: /CSV/ }));
  const column = (name: string) => days.map((day) => Number(day[head.indexOf(name)]));
  expect(column("Used that day").reduce((all, used) => all + used, 0)).toBe(TOTAL);
  expect(Math.max(...column("So far"))).toBe(TOTAL);
});

test("taken and excess seats are the same in the list, on every page, in the API, for products and in the export", async ({
  admin: page,
  api,
  issue,
}) => {
  const { number, site, version } = await issue({ allotments: [seats(HELD, "analyzer")] });
  const patches = Array.from({ length: HELD }, (_, at) =>
    newPatch(number, subject(`user ${at}`), { allotment: "analyzer" }),
  );
  const [source = ""] = SITES;
  await sync(site, { source, bases: [{ license: number, version: 0 }], patches });
  const put = await api.put(`/api/v1/admin/licenses/${number}/definition`, {
    headers: { "If-Match": `"${version}"` },
    data: {
      product: "QSEfW",
      valid: "",
      trial: false,
      allotments: [seats(UNITS, "analyzer")],
      parameters: [],
    },
  });
  expect(put.status(), await put.text()).toBe(200);
  expect((await put.json()).excess).toEqual([{ allotment: "analyzer", count: EXCESS }]);

  const other = await sync(site, {
    source: "another",
    bases: [{ license: number, version: 0 }],
    patches: [],
  });
  expect(other.body.patches.length).toBe(HELD);
  expect(other.body.patches.filter(({ excess }) => excess).length).toBe(EXCESS);

  const list = `/licenses/${number}/assignments`;
  const found = async (search: string) =>
    (await (await api.get(`/api/v1/admin${list}${search}`)).json()).items;
  expect([(await found("")).length, (await found("?state=excess")).length]).toEqual([HELD, EXCESS]);

  await page.goto(`/licenses?q=${number}`);
  await expect(rowOf(page, number)).toContainText("5 of 3");
  await expect(rowOf(page, number)).toContainText("2 in excess");
  const [heads = [], row = []] = await csvOf(page, page.getByRole("link", { name: "Export CSV" }));
  const cell = (name: string) => Number(row[heads.indexOf(name)]);
  expect([cell("seats taken"), cell("seats")]).toEqual([HELD, UNITS]);
  await page.goto(`/licenses/${number}`);
  await expect(lineOf(page, "analyzer")).toContainText("5 of 3 seats");
  await expect(lineOf(page, "analyzer")).toContainText("2 over");
  await page.goto(list);
  await expect(page.getByRole("navigation", { name: "Views" })).toContainText(/All 5.*Excess 2/);
  await expect(page.getByText("5 assignments · analyzer 5 of 3 seats")).toBeVisible();
  await page.locator("summary", { hasText: /^More$/ }).click();
  const all = await csvOf(page, page.getByRole("link", { name: "Export CSV" }));
  expect([all.length - 1, all.filter((line) => line.includes("excess")).length]).toEqual([HELD, EXCESS]);
  await page.goto(`${list}?state=excess`);
  await expect(page.getByText("2 assignments match · analyzer 5 of 3 seats")).toBeVisible();
  await page.locator("summary", { hasText: /^More$/ }).click();
  const excess = await csvOf(page, page.getByRole("link", { name: "Export CSV" }));
  expect(excess.length - 1).toBe(EXCESS);
});
