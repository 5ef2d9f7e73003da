import type { BrowserContext, Page } from "@playwright/test";

/** The window that a worker's specs share: its cache stays warm, like a person's. */
export type KeptContext = { current: BrowserContext | null };

/**
 * Removes what a spec left behind, except cookies, which are set again anyway. Returns false if that isn't possible.
 */
export async function cleared(context: BrowserContext): Promise<boolean> {
  const cleared = await Promise.all(context.pages().map(clearedPage)).catch(() => [false]);
  if (cleared.includes(false)) return false;
  await context.unrouteAll({ behavior: "ignoreErrors" });
  await context.clearPermissions();
  await context.setOffline(false);
  return true;
}

/** A fake clock that a spec installed can't be removed from a window. */
async function clearedPage(page: Page): Promise<boolean> {
  const isOwnTime = await page.evaluate(() => String(Date).includes("[native code]"));
  await page.close();
  return isOwnTime;
}
