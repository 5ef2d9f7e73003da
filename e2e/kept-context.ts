import type { BrowserContext, Page } from "@playwright/test";

/** The window that the specs of a worker use one after the other: it keeps what it loaded, as that of a person does. */
export type KeptContext = { current: BrowserContext | null };

/** Leaves nothing of a spec behind but what setting the cookies again takes away; answers false when that can't be. */
export async function cleared(context: BrowserContext): Promise<boolean> {
  const cleared = await Promise.all(context.pages().map(clearedPage)).catch(() => [false]);
  if (cleared.includes(false)) return false;
  await context.unrouteAll({ behavior: "ignoreErrors" });
  await context.clearPermissions();
  await context.setOffline(false);
  return true;
}

/** A clock that a spec put in place of the window's own stays there. */
async function clearedPage(page: Page): Promise<boolean> {
  const isOwnTime = await page.evaluate(() => String(Date).includes("[native code]"));
  await page.close();
  return isOwnTime;
}
