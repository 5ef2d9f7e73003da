import { readFile } from "node:fs/promises";
import { seats, timeAllotment } from "./guide";
import { expect, test } from "./people";
import { report } from "./product";

const SOURCE = "3f1e4a7e-8f0b-4a39-9a51-3f7d61cf2b77";

test("an admin sees who used the minutes, from when a seat costs less, and who was denied", async ({
  admin: page,
  issue,
}) => {
  const { number, site } = await issue({
    allotments: [timeAllotment({ units: [{ count: 1500, valid: "" }] }), seats(5, "analyzer")],
    parameters: [{ name: "prices", valid: "", values: { analyzer: 40, analyzer_time: 0.1 } }],
  });
  await page.goto(`/licenses/${number}/settings`);
  await page.getByRole("switch", { name: "Keep names of users" }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: /^Undo/ }).first()).toBeVisible();

  const now = new Date().toISOString();
  const times = { start: now, end: now };
  const sessions = [
    { id: "1", subject: "acme\\bob", app: "Sales", minutes: 402, ...times },
    { id: "2", subject: "acme\\eve", app: "Sales", minutes: 60, ...times },
    { id: "3", minutes: 38, ...times },
  ];
  const element = { id: 1, allotment: "analyzer_time", month: now.slice(0, 7), consumption: 1000, sessions };
  const denial = { hour: now, subject: "acme\\zoe", count: 3 };
  const denials = [
    { ...denial, reason: "NOT_ASSIGNED" },
    { ...denial, reason: "QUOTA_REACHED", allotment: "analyzer_time", subject: "acme\\max" },
  ];
  const { body } = await report(site, { source: SOURCE, consumption: [element], denials });
  expect(body.consumption[0]).toMatchObject({ total: 1000, sessions: 3 });

  await page.goto(`/licenses/${number}/capacity`);
  await page.getByRole("link", { name: "Who used it" }).click();
  await expect(page.getByText("sessions for 500 of 1,000 minutes, 50%")).toBeVisible();
  await expect(page.getByText(/analyzer costs less from 401 minutes a month. 1 user/)).toBeVisible();
  const users = page.getByRole("table", { name: "Users with the most minutes" });
  await expect(users.getByRole("row", { name: /acme\\bob/ })).toContainText("A seat costs less");
  await expect(users.getByRole("row", { name: /acme\\bob/ })).toContainText("40%");
  await expect(users.getByRole("row", { name: /Anonymous/ })).toContainText("38");
  await expect(page.getByRole("row", { name: /Sales/ })).toContainText("462");
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).first().click();
  const file = await readFile(await (await waiting).path(), "utf8");
  expect(file).toMatch(/acme\\bob,[0-9a-f]{64},402,40.2,1/);

  await users.getByRole("link", { name: "acme\\bob" }).click();
  await expect(page.getByRole("heading", { level: 2, name: /^User acme\\bob/ })).toBeVisible();
  await expect(page.getByText("402 minutes in 1 session.")).toBeVisible();
  await page
    .getByRole("table", { name: "Apps with the most minutes" })
    .getByRole("link", { name: "Sales" })
    .click();
  await expect(page.getByText("462 minutes in 2 sessions.")).toBeVisible();
  const ofApp = page.getByRole("table", { name: "Users with the most minutes" });
  await expect(ofApp.getByRole("rowheader")).toHaveText([/acme\\bob/, /acme\\eve/]);

  await page.getByRole("link", { name: "Back to all users, apps and deployments" }).click();
  await page.getByRole("link", { name: "Back to capacity" }).click();
  await page.locator("summary", { hasText: /^More$/ }).click();
  await page.getByRole("link", { name: "Denied access" }).click();
  const over = page.getByRole("table", { name: /Over the limit/ });
  const not = page.getByRole("table", { name: /Not entitled/ });
  await expect(over.getByRole("row", { name: /acme\\max/ })).toContainText("Minutes used up");
  await expect(not.getByRole("row", { name: /acme\\zoe/ })).toContainText("No seat assigned");
});
