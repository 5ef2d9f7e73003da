import type { APIRequestContext } from "@playwright/test";
import { subject } from "./canary";
import { expect, test } from "./fixtures";
import { seats, timeAllotment } from "./guide";

test("a simulated product uses a copy and changes no number of the license", async ({
  admin: page,
  api,
  issue,
}) => {
  const license = await issue({ allotments: [seats(1), timeAllotment()] });
  const before = await numbersOf(api, license.number);
  const responses: string[] = [];
  page.on("response", async (response) => {
    if (response.request().method() === "POST") responses.push(await response.text().catch(() => ""));
  });
  await page.goto(`/licenses/${license.number}/simulate`);
  await expect(page.getByText(/^No calls yet\./)).toBeVisible();
  for (const name of ["Report", "Sync"])
    await expect(page.getByRole("button", { name })).toHaveAccessibleDescription(/^Activate first/);
  await page.getByRole("button", { name: "Activate" }).click();
  const exchanges = page.getByRole("list", { name: "Exchanges, newest first" }).getByRole("article");
  await expect(exchanges.first()).toContainText("POST /v1/activations 200");
  await page.getByLabel("Minutes").fill("45");
  await page.getByRole("button", { name: "Report" }).click();
  await expect(exchanges.first()).toContainText('"total": 45');
  for (const [name, told] of [
    ["ada", '"rejection": ""'],
    ["bob", "NO_AVAILABLE_UNITS"],
  ] as const) {
    await page.getByLabel("Assign").fill(subject(name));
    await page.getByRole("button", { name: "Sync" }).click();
    await expect(exchanges.first()).toContainText(told);
    await expect(exchanges.first()).toContainText(name);
  }
  await expect(exchanges).toHaveCount(4);
  expect(await numbersOf(api, license.number)).toEqual(before);
  expect(responses.join("")).not.toContain("eyJhbGciOiJSUzUxMiIsInR5cCI6IkpXVCI");
  await page.getByRole("link", { name: "Keys", exact: true }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Keys" })).toBeVisible();
});

/** The numbers of the license and its customer that others can read. */
async function numbersOf(api: APIRequestContext, number: string) {
  const one = `/api/v1/admin/licenses/${number}`;
  const month = new Date().toISOString().slice(0, 7);
  const { customer } = await (await api.get(one)).json();
  const paths = [
    one,
    `${one}/keys`,
    `${one}/usage?month=${month}`,
    `${one}/assignments`,
    `${one}/deployments`,
    `/api/v1/admin/customers/${customer.id}`,
    `/api/v1/admin/licenses?customer=${customer.id}`,
    `/api/v1/admin/audit?chain=${number}`,
  ];
  return Promise.all(paths.map(async (path) => (await api.get(path)).json()));
}
