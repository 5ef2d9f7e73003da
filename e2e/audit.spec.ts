import type { APIRequestContext, Page } from "@playwright/test";
import { flattenedVerify, importJWK } from "jose";
import { openAlive } from "./alive";
import { assign } from "./busy";
import { subject } from "./canary";
import { expect, test } from "./fixtures";
import { seats } from "./guide";
import { OWNER } from "./owner";
import { activate } from "./product";

const auditOf = (number: string) => `/licenses/${number}/audit`;
const rowsOf = (page: Page) =>
  page.getByRole("table", { name: "Events, newest first" }).locator("tbody").getByRole("row");
const setLease = (api: APIRequestContext, number: string, leaseDays: number) =>
  api.patch(`/api/v1/admin/licenses/${number}`, { data: { settings: { leaseDays } } });

test("the audit of a license lists events newest first, each with its changes", async ({
  admin: page,
  api,
  license: { number, site },
}) => {
  await activate(site, { cause: "Initial", source: "Warsaw" });
  await setLease(api, number, 7);
  await page.goto(auditOf(number));
  const rows = rowsOf(page);
  await expect(rows.first()).toContainText("License settings changed");
  await expect(rows.filter({ hasText: "Deployment activated" })).toContainText("Warsaw");
  await rows.first().getByRole("button").click();
  const exact = page.getByRole("dialog", { name: "Exact time" });
  const iso = await rows.first().locator("time").getAttribute("datetime");
  await expect(exact.getByRole("button", { name: `Copy the ISO time ${iso}` })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(exact).toBeHidden();
  await rows.first().getByRole("link").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/[?&]open=/);
  const panel = page.getByRole("complementary", { name: "License settings changed" });
  await expect(panel.getByRole("heading", { name: "License settings changed" })).toBeFocused();
  const change = panel.getByRole("table", { name: "Changes" });
  await expect(change.getByRole("row", { name: "Lease, in days" }).getByRole("cell")).toHaveText(["14", "7"]);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(page).not.toHaveURL(/open=/);
  await expect(rows.first().getByRole("link")).toBeFocused();
});

test("events can be filtered by action, actor, object and day, and the URL keeps the filters", async ({
  admin: page,
  api,
  license: { number, site },
}) => {
  await activate(site, { cause: "Initial", source: "Warsaw" });
  await setLease(api, number, 7);
  await page.goto(auditOf(number));
  const rows = rowsOf(page);
  await expect(rows).toHaveCount(4);
  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByRole("combobox", { name: "Action" }).selectOption("key");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Key issued");
  await expect(page).toHaveURL(/\?action=key$/);
  await page.goBack();
  await expect(rows).toHaveCount(4);
  await page.getByRole("combobox", { name: "Kind of actor" }).selectOption("product");
  await expect(rows).toHaveCount(1);
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(rows).toHaveCount(4);
  await page.getByRole("searchbox", { name: "Object, by name or ID" }).fill("Warsaw");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Deployment activated");
  await page.goto(`${auditOf(number)}?to=2020-01-01`);
  await expect(page.getByText("No events match this filter.")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).last().click();
  await expect(rows).toHaveCount(4);
});

test("a change to many seats is one row with a count, which opens to its events", async ({
  admin: page,
  issue,
}) => {
  const license = await issue({ allotments: [seats(5)] });
  await assign(license, ["bob", "eve", "kim"]);
  await openAlive(page, `/licenses/${license.number}/assignments`);
  const boxes = page.getByRole("checkbox", { name: `Select ${subject("")}` });
  await boxes.first().click();
  await boxes.last().click({ modifiers: ["Shift"] });
  await page.getByRole("button", { name: "Release…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Release 3" }).click();
  await expect(page.getByText("No users are assigned.")).toBeVisible();
  await page.goto(auditOf(license.number));
  const rows = rowsOf(page);
  await expect(rows.first()).toContainText("3 seats released");
  await expect(rows.first()).toContainText("professional");
  await expect(rows.filter({ hasText: "Seat released" })).toHaveCount(0);
  await rows.first().getByRole("link").focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "3 seats released" });
  await panel.getByRole("link", { name: "Show all events" }).focus();
  await page.keyboard.press("Enter");
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: "Seat released" })).toHaveCount(3);
  await page.getByRole("link", { name: "Group these events" }).click();
  await expect(panel).toBeVisible();
  await expect(rows.first()).toContainText("3 seats released");
  await panel.getByRole("link", { name: "Show all events" }).click();
  await expect(rows).toHaveCount(3);
  await rows.last().getByRole("link").click();
  const one = page.getByRole("complementary", { name: "Seat released" });
  await one.getByRole("link", { name: "Filter by this object" }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.last()).toContainText("Seat assigned");
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(rows.first()).toContainText("3 seats released");
});

test("a change and its undo link to each other", async ({ admin: page, issue }) => {
  const license = await issue({ allotments: [seats(5)] });
  await assign(license, ["bob", "eve"]);
  await openAlive(page, `/licenses/${license.number}/assignments`);
  const boxes = page.getByRole("checkbox", { name: `Select ${subject("")}` });
  await boxes.first().click();
  await boxes.last().click({ modifiers: ["Shift"] });
  await page.getByRole("button", { name: "Release…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Release 2" }).click();
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await expect(boxes).toHaveCount(2);
  await page.goto(auditOf(license.number));
  await rowsOf(page).filter({ hasText: "2 seats restored (undo)" }).getByRole("link").first().click();
  const back = page.getByRole("complementary", { name: "2 seats restored (undo)" });
  await expect(back).toContainText("Reverses");
  await back.getByRole("link", { name: /^2 seats released, event/ }).click();
  const release = page.getByRole("complementary", { name: "2 seats released" });
  await expect(release).toContainText("Reversed by");
  await release.getByRole("link", { name: /^2 seats restored \(undo\), event/ }).click();
  await expect(back).toBeVisible();
  await back.getByRole("link", { name: "Show all events" }).click();
  await expect(rowsOf(page).filter({ hasText: "Seat restored (undo)" })).toHaveCount(2);
  await rowsOf(page).first().getByRole("link").click();
  const one = page.getByRole("complementary", { name: "Seat restored (undo)" });
  await one.getByRole("link", { name: /^Seat released, event/ }).click();
  await expect(page.getByRole("complementary", { name: /released/ })).toContainText("Reversed by");
});

test("new events appear on request", async ({ admin: page, api, license: { number } }) => {
  await page.clock.install();
  await page.goto(auditOf(number));
  await expect(rowsOf(page)).toHaveCount(2);
  await setLease(api, number, 7);
  await setLease(api, number, 8);
  await page.clock.runFor(31_000);
  await expect(rowsOf(page)).toHaveCount(2);
  await page.getByRole("button", { name: "2 new events" }).click();
  await expect(rowsOf(page)).toHaveCount(4);
  await expect(page.getByRole("button", { name: "2 new events" })).toBeHidden();
});

test("the audit finds a person by part of the name, in all licenses", async ({ admin: page, license }) => {
  await page.goto(`/licenses/${license.number}/settings`);
  await page.getByRole("switch").first().click({ force: true });
  await expect(page.getByRole("switch").first()).toBeChecked();
  await page.goto("/audit?action=license.settings-changed");
  await page
    .getByRole("searchbox", { name: "Actor, by name or ID" })
    .fill(OWNER.name.slice(0, 6).toLowerCase());
  await expect(page).toHaveURL(/actor=olivia/);
  const row = rowsOf(page)
    .filter({ hasText: license.number.slice(-4) })
    .first();
  await expect(row).toContainText(OWNER.name);
});

test("a chain can be verified in the console and over the API", async ({
  admin: page,
  api,
  license: { number },
}) => {
  await page.goto(auditOf(number));
  await expect(page.getByText("Not verified yet.")).toBeVisible();
  await page.getByRole("button", { name: "Verify now" }).click();
  const result = page.getByText(`Chain verified through event 2, last checked just now by ${OWNER.name}.`);
  await expect(result).toBeVisible();
  await page.reload();
  await expect(result).toBeVisible();
  const response = await api.get(`/api/v1/admin/audit/verify?chain=${number}`);
  expect(await response.json()).toEqual({ chain: number, events: 2, whole: true });
  await page.goto("/audit");
  await page.getByRole("button", { name: "Verify now" }).click();
  await expect(
    page.getByText(/^[\d,]+ chains verified, [\d,]+ events intact, (last|oldest) check/),
  ).toBeVisible();
});

test("an audit export verifies with the public keys", async ({ admin: page, api, license: { number } }) => {
  await page.goto(auditOf(number));
  const href = await page.getByRole("link", { name: "Signed export" }).getAttribute("href");
  const text = await (await page.request.get(href ?? "")).text();
  const end = text.trimEnd().lastIndexOf("\n") + 1;
  const [header = "", payload, signature = ""] = JSON.parse(text.slice(end)).jws.split(".");
  expect(payload).toBe("");
  const { kid } = JSON.parse(Buffer.from(header, "base64url").toString());
  const { keys } = await (await api.get("/.well-known/jwks.json")).json();
  const signedBy = keys.find((one: { kid: string }) => one.kid === kid);
  const key = await importJWK(signedBy, "RS512");
  const verify = (body: string) =>
    flattenedVerify({ protected: header, payload: body, signature }, key, { crit: { b64: true } });
  const body = text.slice(0, end);
  await verify(body);
  await expect(verify(body.replace("license.created", "license.deleted"))).rejects.toThrow();
  const events = body
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.map(({ sequence, action }) => [sequence, action])).toEqual([
    [1, "license.created"],
    [2, "key.issued"],
  ]);
  expect(events[1].before).toBe(events[0].hash);
});

test("a license admin sees no events of other customers", async ({ api, playwright, issue, baseURL }) => {
  const [mine, other] = [await issue(), await issue()];
  const made = await api.post("/api/v1/admin/tokens", {
    data: { name: "Admin of one", role: "license-admin", customers: [mine.customerId] },
  });
  expect(made.status(), await made.text()).toBe(201);
  const extraHTTPHeaders = { Authorization: `Bearer ${(await made.json()).token}` };
  const confined = await playwright.request.newContext({ baseURL, extraHTTPHeaders });
  const chains = async (query = "") => {
    const { items } = await (await confined.get(`/api/v1/admin/audit?limit=100${query}`)).json();
    return [...new Set(items.map(({ chain }: { chain: string }) => chain))];
  };
  expect(await chains()).toEqual([mine.number]);
  expect(await chains(`&chain=${other.number}`)).toEqual([]);
  expect(await chains("&chain=installation")).toEqual([]);
  for (const chain of [other.number, "installation"])
    expect((await confined.get(`/api/v1/admin/audit/verify?chain=${chain}`)).status(), chain).toBe(404);
  expect((await confined.get(`/api/v1/admin/audit/verify?chain=${mine.number}`)).status()).toBe(200);
  await confined.dispose();
});

test("a license admin can't read the chain of another customer", async ({
  request,
  admin: page,
  license: { number },
}) => {
  expect((await request.get(`/audit/export?chain=${number}`)).status()).toBe(401);
  expect((await page.request.get("/audit/export?chain=1000000000000001")).status()).toBe(404);
  for (const path of ["export", "news", "news?after=x"])
    expect((await page.request.get(`/audit/${path}`)).status(), path).toBe(404);
  expect((await page.request.get("/licenses/1000000000000001/audit")).status()).toBe(404);
});
