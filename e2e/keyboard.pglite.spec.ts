import type { Page } from "@playwright/test";
import { subject } from "./canary";
import { expect, test } from "./fixtures";
import { seats } from "./guide";
import { tabTo } from "./tab-to";

const rowOf = (page: Page, subject: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name: subject, exact: true }) });

test("seats are found, given, taken back and moved without a pointer", async ({ admin: page, issue }) => {
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
  await page.waitForLoadState("networkidle");

  await page.keyboard.press("a");
  await page.getByRole("dialog").getByLabel("Subjects, one a line").waitFor();
  await tabTo(page, page.getByLabel("Subjects, one a line"));
  await page.keyboard.type("acme\\bob\nacme\\eve\nacme\\gwen");
  await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Assign" }));
  await page.keyboard.press("Enter");
  await expect(rowOf(page, "acme\\gwen")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.keyboard.press("ControlOrMeta+z");
  await expect(rowOf(page, "acme\\gwen")).toHaveCount(0);
  await page.keyboard.press("a");
  await tabTo(page, page.getByLabel("Subjects, one a line"));
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
  await dialog.getByRole("combobox").waitFor();
  await page.keyboard.press("a");
  await tabTo(page, page.getByRole("button", { name: "Convert 2" }));
  await page.keyboard.press("Enter");
  await expect(rowOf(page, "acme\\bob")).toContainText("analyzer");
  await expect(rowOf(page, "acme\\eve")).toContainText("analyzer");
});

test("a file is chosen, checked, narrowed and assigned without a pointer", async ({ admin: page, issue }) => {
  const { number } = await issue({ allotments: [seats(5)] });
  await page.goto(`/licenses/${number}/assignments/import`);
  await page.waitForLoadState("networkidle");
  await tabTo(page, page.getByLabel("CSV file"));
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Enter")]);
  const rows = [
    "subject,allotment",
    subject("bob"),
    ",professional",
    `${subject("eve")},analyser`,
    subject("kim"),
  ];
  const buffer = Buffer.from(rows.join("\n"));
  await chooser.setFiles({ name: "people.csv", mimeType: "text/csv", buffer });
  await expect(page.getByRole("row")).toHaveCount(5);
  await tabTo(page, page.getByRole("button", { name: "Left out 2" }));
  await page.keyboard.press("Space");
  await expect(page.getByRole("row")).toHaveCount(3);
  await expect(page.getByRole("button", { name: "Left out 2" })).toBeFocused();
  await tabTo(page, page.getByRole("button", { name: "Assign 2 of 4" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Assigned 2" })).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Assigned 2" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("row")).toHaveCount(3);
  await page.goto(`/licenses/${number}/assignments`);
  for (const name of ["bob", "kim"]) await expect(rowOf(page, subject(name))).toBeVisible();
});
