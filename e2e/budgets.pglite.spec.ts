import { expect, test } from "./fixtures";
import { scriptWeight } from "./weight";

const KB = 1000;

test("the list of licenses needs less than 250 kB of JavaScript", async ({ admin: page, license }) => {
  expect(license.number).not.toBe("");
  const weight = await scriptWeight(page, "/licenses");
  expect(weight).toBeGreaterThan(100 * KB); // less was not all of it
  expect(weight).toBeLessThan(250 * KB);
});
