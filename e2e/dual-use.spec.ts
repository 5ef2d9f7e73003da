import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { newAgentFolder, type RunningAgent, startAgent } from "./agent-process";
import { subject } from "./canary";
import { expect, test } from "./fixtures";
import { seats } from "./guide";

const enterKey = (agent: RunningAgent, key: string) => agent.call("PUT", "/v1/license", { key });
const syncNow = (agent: RunningAgent) => agent.call("POST", "/v1/sync");
const requestAccess = async (agent: RunningAgent, name: string) =>
  (await agent.call("POST", "/v1/access", { subject: subject(name) })).body;

async function offerDualUse(page: Page, number: string): Promise<void> {
  await page.goto(`/licenses/${number}/settings`);
  await page.getByRole("button", { name: "Offer dual use…" }).click();
  const dialog = page.getByRole("dialog", { name: "Offer dual use" });
  await dialog.getByLabel("Products").fill("QSEfW");
  await dialog.getByLabel("Deployments").fill("1");
  await dialog.getByRole("button", { name: "Create offer" }).click();
  await expect(dialog.getByText("The license already covers QSEfW.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Products").fill("QV");
  await page.keyboard.press("Enter");
  await expect(page.getByText("0 of 1 deployment accepted. No end date.")).toBeVisible();
}

test("dual use with two agents: requested, accepted, one seat for a user of both, withdrawn", async ({
  admin: page,
  issue,
  door,
  api,
}) => {
  const { key, number } = await issue({ allotments: [seats(2)], settings: { autoAssignProfessional: true } });
  const [sense, view] = await Promise.all([
    startAgent(door),
    startAgent(door, { data: newAgentFolder(), options: ["--product", "QV"] }),
  ]);
  try {
    await enterKey(sense, key);
    expect(await enterKey(view, key)).toMatchObject({ status: 403, body: { code: "PRODUCT_NOT_LICENSED" } });
    await offerDualUse(page, number);
    expect(await enterKey(view, key)).toMatchObject({ status: 202, body: { state: "waiting" } });
    expect(await requestAccess(view, "ann")).toMatchObject({ granted: false, reason: "DUAL_USE_REQUIRED" });
    expect((await requestAccess(sense, "ann")).granted).toBe(true);

    await page.goto(`/licenses/${number}/deployments`);
    const { source } = (await view.call("GET", "/v1/license")).body;
    const row = page.getByRole("table", { name: "Dual-use requests" }).getByRole("row", { name: source });
    await expect(row).toContainText("Waiting");
    await expectAccessible(page);
    await page.getByRole("button", { name: /^Needs attention: / }).click();
    await expect(page.getByRole("link", { name: /Waiting to be accepted/ }).first()).toBeVisible();
    await page.keyboard.press("Escape");
    await row.getByRole("button", { name: `Accept ${source}` }).focus();
    await page.keyboard.press("Enter");
    await expect(row).toContainText("Accepted");
    await expect(row.getByRole("button", { name: `Withdraw ${source}` })).toBeFocused();

    expect((await syncNow(view)).body.state).toBe("ready");
    expect((await requestAccess(view, "ann")).granted).toBe(true);
    expect((await requestAccess(view, "bob")).granted).toBe(true);
    const { items } = await (await api.get(`/api/v1/admin/licenses/${number}/assignments`)).json();
    expect(items).toHaveLength(2);

    await row.getByRole("button", { name: `Withdraw ${source}` }).click();
    const dialog = page.getByRole("dialog", { name: "Withdraw this deployment?" });
    await expect(dialog).toContainText("It stops at its next contact.");
    await dialog.getByRole("button", { name: "Withdraw deployment" }).click();
    await expect(row).toContainText("Withdrawn");
    await syncNow(view);
    expect((await view.call("GET", "/v1/license")).body).toMatchObject({
      ...{ state: "stopped", refusal: { code: "DUAL_USE_WITHDRAWN" } },
    });
    expect(await requestAccess(view, "ann")).toMatchObject({ granted: false, reason: "DUAL_USE_WITHDRAWN" });
    expect((await requestAccess(sense, "bob")).granted).toBe(true);
  } finally {
    await Promise.all([sense.kill(), view.kill()]);
  }
});
