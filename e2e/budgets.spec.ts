import type { Page } from "@playwright/test";
import { shiftOf } from "./budget-probes";
import { assign } from "./busy";
import { expect, test } from "./fixtures";
import { seats } from "./guide";
import { scriptWeight } from "./weight";

const KB = 1000;

test.use({ isNewWindow: true });

test("the list of licenses needs less than 215 kB of JavaScript", async ({ admin: page, license }) => {
  expect(license.number).not.toBe("");
  const weight = await scriptWeight(page, "/licenses");
  expect(weight).toBeGreaterThan(100 * KB); // anything less would be incomplete
  expect(weight).toBeLessThan(215 * KB);
});

test("lists don't move when fonts load after the first paint", async ({ admin, issue }) => {
  const license = await issue({ allotments: [seats(2)] });
  await assign(license, ["bob", "eve"]);
  const { customerId, number } = license;
  for (const path of [`?customer=${customerId}`, `/${number}/assignments`, `/${number}/keys`]) {
    const load = async () => {
      const page = await admin.context().newPage();
      await holdFonts(page);
      expect(await shiftOf(page, `/licenses${path}`), path).toBeLessThan(0.02);
      await page.close();
    };
    // A font moves a list with every load; a notice above the page, such as a slow server's, doesn't come twice.
    await expect(load).toPass({ timeout: 60_000 });
  }
});

/** Holds back every font until the page has been painted. */
async function holdFonts(page: Page): Promise<void> {
  const paints = () => performance.getEntriesByName("first-contentful-paint").length;
  await page.route("**/*.woff2", async (route) => {
    await expect.poll(() => page.evaluate(paints)).toBe(1);
    await route.continue();
  });
}
