import { createClient, unwrap } from "signet/client";
import { expect, issueLicense } from "./fixtures";
import { seats } from "./guide";
import { test } from "./mailing";
import { ownerOf } from "./own-server";
import { createOwner } from "./owner";

test("a full license is announced by mail and in the bell, acknowledged, and the mails end with one click", async ({
  own,
  mailServer: { received },
  browser,
}) => {
  test.setTimeout(240_000);
  const owner = await createOwner(own);
  if ("fault" in owner) throw new Error(owner.fault);
  const context = await browser.newContext({ baseURL: own.console, storageState: owner.storageState });
  const page = await context.newPage();
  await page.goto("/account");
  await page.getByRole("radio", { name: "At once" }).check();
  const choice = page.getByRole("region", { name: "E-mails", exact: true });
  await choice.getByRole("button", { name: "Save", exact: true }).click();
  await expect(choice.getByText("Saved.")).toBeVisible();

  const api = await ownerOf(own);
  const { number, customer } = await issueLicense(api, { allotments: [seats(1)] });
  await unwrap(
    createClient({ baseUrl: own.console, token: own.token }).POST(
      "/api/v1/admin/licenses/{number}/assignments",
      { params: { path: { number } }, body: { subject: "acme\\bob", allotment: "professional" } },
    ),
  );
  await expect.poll(() => received.length, { timeout: 30_000 }).toBe(1);
  const [letter] = received;
  expect(letter?.mail.text).toContain("No seats left");
  expect(letter?.source).not.toContain("bob");

  await page.goto("/alerts");
  const row = page.getByRole("row", { name: /No seats left/ });
  await expect(row).toContainText(customer);
  await page.getByRole("button", { name: "Needs attention: 1" }).click();
  await expect(page.getByRole("link", { name: /No seats left/ }).first()).toContainText("1 of 1 seats taken");
  await expect(page.getByRole("link", { name: "All alerts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await row.getByRole("button", { name: /^Acknowledge/ }).click();
  await expect(page.getByText("No open alerts.")).toBeVisible();
  await page.getByRole("link", { name: /^Acknowledged/ }).click();
  await expect(row).toContainText("Olivia Owner");

  const [, link = ""] =
    /(http:\/\/\S+\/unsubscribe\/[\w.-]+)/.exec(letter?.mail.text?.split("Unsubscribe: ")[1] ?? "") ?? [];
  const guest = await browser.newContext();
  const outside = await guest.newPage();
  await outside.goto(link);
  await outside.getByRole("button", { name: "Turn off e-mails about alerts" }).click();
  await expect(outside.getByRole("heading", { name: "Unsubscribed" })).toBeVisible();
  await page.goto("/account");
  await expect(page.getByRole("radio", { name: "No e-mails" })).toBeChecked();
  const [, oneClick = ""] = /<([^>]+)>/.exec(letter?.header("list-unsubscribe") ?? "") ?? [];
  const headers = { origin: "https://mail.example" };
  const ended = await guest.request.post(oneClick, { headers });
  expect(ended.status(), `${oneClick} ${await ended.text()}`).toBe(204);
  expect((await guest.request.post(oneClick.replace(/\/now$/, "x/now"), { headers })).status()).toBe(404);
  await guest.close();
  await context.close();
  await api.dispose();
});

test("the rules of a license are edited in its settings, and stay when others were saved meanwhile", async ({
  admin: page,
  license: { number },
  client,
}) => {
  await page.goto(`/licenses/${number}/settings`);
  await page.getByText("Give this license its own rules").click();
  await page.getByRole("textbox", { name: "Value of rule 1", exact: true }).fill("70");
  await page.getByRole("button", { name: "Add rule" }).click();
  await page
    .getByRole("combobox", { name: /^Subject of rule/ })
    .last()
    .selectOption("seats.number");
  await page
    .getByRole("textbox", { name: /^Value of rule/ })
    .last()
    .fill("5");
  await page
    .getByRole("combobox", { name: /^Allotment of rule/ })
    .last()
    .selectOption("professional");
  const path = "/api/v1/admin/licenses/{number}/alert-rules";
  const params = { path: { number } };
  await unwrap(client.PUT(path, { params, body: { rules: [{ when: "silent.days", value: 9 }] } }));
  await page.getByRole("button", { name: "Save rules" }).click();
  const conflict = page.getByRole("region", { name: "Conflicting change" });
  await expect(conflict).toContainText("Deployment silent: 9 days");
  await conflict.getByRole("button", { name: "Keep my version" }).click();
  await page.getByRole("button", { name: "Save rules" }).click();
  await expect(page.getByRole("button", { name: "Save rules" })).toHaveAccessibleDescription(
    "Nothing has changed.",
  );
  await expect(page.getByText("This license has its own rules.")).toBeVisible();
  const { rules, own } = await unwrap(client.GET(path, { params }));
  expect(own).toBe(true);
  expect(rules[0]).toEqual({ when: "capacity.percent", value: 70 });
  expect(rules.at(-1)).toEqual({ when: "seats.number", value: 5, allotment: "professional" });
  await page.getByRole("button", { name: "Use the default rules" }).click();
  await expect(page.getByText("This license has the default rules.")).toBeVisible();
});
