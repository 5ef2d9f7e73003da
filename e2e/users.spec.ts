import type { APIRequestContext } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { openAlive } from "./alive";
import { subject } from "./canary";
import { expect, test } from "./fixtures";
import { seats } from "./guide";

const TWO_KINDS = { allotments: [seats(5), seats(5, "analyzer")] };

async function assign(
  api: APIRequestContext,
  number: string,
  allotment: string,
  name: string,
): Promise<string> {
  const data = { subject: name, allotment };
  const made = await api.post(`/api/v1/admin/licenses/${number}/assignments`, { data });
  expect(made.status(), await made.text()).toBe(201);
  return (await made.json()).instance;
}

test("a leaver is released everywhere in three clicks from the overview, with one undo", async ({
  admin: page,
  api,
  issue,
}) => {
  const [one, other] = [await issue(TWO_KINDS), await issue(TWO_KINDS)];
  const leaver = subject(`leaver-${one.number.slice(-6)}`);
  await assign(api, one.number, "analyzer", leaver);
  await assign(api, one.number, "professional", leaver);
  await assign(api, other.number, "analyzer", leaver.toUpperCase());
  await openAlive(page, "/");
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await page.getByLabel("Find a user by any part of the name").fill(leaver.slice(-12));
  await page.getByRole("button", { name: `Release ${leaver} everywhere…` }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Frees 3 seats in 2 licenses.");
  await expect(dialog.getByRole("listitem")).toHaveCount(3);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Release 3 seats" }).click();
  const gone = page.getByText(`No user with a seat matches “${leaver.slice(-12)}”.`);
  await expect(gone).toBeVisible();
  expect(page.url()).not.toContain("leaver");
  const toast = page.getByRole("region", { name: "Notifications" });
  // The license with the lowest number decides how the name is spelled.
  await expect(toast).toContainText(/Released \S+ from 3 seats in 2 licenses\./);
  await toast.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("row", { name: leaver })).toContainText("2 licenses");
});

test("a user's page has every seat, converts one, and names nobody after the release", async ({
  admin: page,
  api,
  issue,
}) => {
  const { number, customer } = await issue(TWO_KINDS);
  const name = subject(`seated-${number.slice(-6)}`);
  const instance = await assign(api, number, "analyzer", name);
  await openAlive(page, `/users/${number}/${instance}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  const held = page.getByRole("region", { name: "Seats" });
  await expect(held.getByRole("row", { name: customer })).toContainText("analyzer");
  await held.getByRole("button", { name: "Convert the analyzer seat…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Convert 1" }).click();
  await expect(held.getByRole("row", { name: customer })).toContainText("professional");
  await held.getByRole("button", { name: "Release the professional seat" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Name erased");
  await expect(page.getByRole("region", { name: "History" }).getByRole("row")).toHaveCount(5);
  await page.reload();
  await expect(page.locator("main")).not.toContainText(name);
});

test("the export has a row for each seat of the users found", async ({ admin: page, api, issue }) => {
  const { number } = await issue(TWO_KINDS);
  const name = subject(`listed-${number.slice(-6)}`);
  for (const allotment of ["analyzer", "professional"]) await assign(api, number, allotment, name);
  await openAlive(page, "/users");
  await page.getByLabel("Find a user by any part of the name").fill(name);
  await expect(page.getByRole("row", { name })).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export CSV" }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString().trim().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(name);
});
