import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { seats, timeAllotment } from "./guide";
import { expect, test } from "./people";

const listOf = (number: string) => `/licenses/${number}/deployments/offline`;

async function downloadedText(page: Page, press: () => Promise<void>): Promise<string> {
  const download = page.waitForEvent("download");
  await press();
  return readFileSync(await (await download).path(), "utf8");
}

function claimsOf(sld: string) {
  const { signedDef } = JSON.parse(Buffer.from(sld, "base64").toString());
  return JSON.parse(Buffer.from(signedDef.jws.split(".")[1], "base64url").toString());
}

test("a signed definition with a share can be downloaded twice with the same bytes and returned, with the keyboard alone", async ({
  admin: page,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(10), timeAllotment()] });
  await page.goto(`/licenses/${number}/deployments`);
  await page.getByRole("link", { name: "Signed definitions" }).click();
  await expect(page.getByText("No signed definitions yet")).toBeVisible();
  await page.getByRole("link", { name: "Download signed definition" }).click();
  await expect(page.getByLabel("A share, reserved for the deployment")).toBeChecked();
  await expect(page.getByText("no other deployment can use these seats and minutes")).toBeVisible();
  await page.getByLabel("Label").fill("Mill 1");
  const share = page.getByLabel(", seats");
  await share.fill("11");
  await share.press("Enter");
  await expect(page.getByText("10 professional seats are free now")).toBeVisible();
  await share.fill("4");
  await share.press("Enter");
  await expect(page.getByRole("heading", { name: "Signed definition issued" })).toBeVisible();
  await expectAccessible(page);
  const sld = await downloadedText(page, () =>
    page.getByRole("button", { name: "Download .sld" }).press("Enter"),
  );
  expect(claimsOf(sld)).toMatchObject({
    license: number,
    definition: { allotments: [{ units: [{ count: 4 }] }] },
  });
  await page.goto(listOf(number));
  const row = page.getByRole("row", { name: "Mill 1" });
  await expect(row).toContainText("4 professional seats");
  const again = row.getByRole("button", { name: "Download Mill 1 again" });
  expect(await downloadedText(page, () => again.press("Enter"))).toBe(sld);
  await row.getByRole("button", { name: "Mark Mill 1 as returned" }).press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Its reserved units become free immediately");
  await page.keyboard.type("site closed");
  await page.keyboard.press("Enter");
  await expect(row).toContainText("Returned");
  await expect(row).toContainText("site closed");
});

for (const [colorScheme, width] of [
  ["light", 360],
  ["dark", 1280],
] as const)
  test(`a signed definition of the whole license says first what it promises, in the ${colorScheme} theme at ${width} px`, async ({
    admin: page,
    issue,
  }) => {
    const { number } = await issue({ allotments: [seats(10), timeAllotment()] });
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${listOf(number)}/new`);
    await page.getByLabel("The whole license, nothing reserved").check();
    await expect(page.getByRole("note")).toContainText("Minutes may exceed the cap by up to the whole cap");
    await page.getByLabel("Label").fill("Audit");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Issue signed definition" }).click();
    await expect(page.getByRole("heading", { name: "Signed definition issued" })).toBeVisible();
    await page.goto(listOf(number));
    await expect(page.getByRole("row", { name: "Audit" })).toContainText("Out");
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
