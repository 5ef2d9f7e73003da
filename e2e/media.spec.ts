import { busyLicense } from "./busy";
import { expect, test } from "./fixtures";

test("on paper a page is light and stands alone, however the console looks", async ({
  admin: page,
  issue,
}) => {
  const { number } = await busyLicense(issue);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const tab of ["", "/assignments", "/capacity?view=table", "/deployments"]) {
    await page.goto(`/licenses/${number}${tab}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("header")).toBeHidden();
    await expect(page.locator("nav:visible")).toHaveCount(0);
    await expect(page.locator("body")).toHaveCSS("background-color", "rgb(247, 246, 243)");
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth, tab).toBe(clientWidth);
  }
});

test("with forced colours one still sees where one is", async ({ admin: page, issue }) => {
  const { number } = await busyLicense(issue);
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(`/licenses/${number}/capacity`);
  const tabs = page.getByRole("navigation", { name: "License", exact: true }).getByRole("link");
  const edges = await tabs.evaluateAll((links) =>
    links.map((link) => ({
      isHere: link.hasAttribute("aria-current"),
      edge: getComputedStyle(link).borderBottomColor,
    })),
  );
  const here = edges.filter(({ isHere }) => isHere).map(({ edge }) => edge);
  expect(here).toHaveLength(1);
  expect(edges.filter(({ edge }) => edge === here[0])).toHaveLength(1);
  const choice = page.getByRole("group", { name: "Form" }).getByRole("link");
  await expect(choice.and(page.locator('[aria-current="true"]'))).toHaveCSS("outline-style", "solid");
});
