import type { Locator, Page } from "@playwright/test";

/** Moves the focus as a person does who has no pointer, until it is on what is named. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let press = 0; press < 60; press++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`60 presses of Tab did not lead to ${target}.`);
}
