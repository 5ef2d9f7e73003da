import type { Page } from "@playwright/test";

/** The window of a worker, which its specs use in turn: its process, cache and compiled scripts stay warm. */
export type KeptWindow = { current: Page | null };

/** The events that specs listen to. Others are Playwright's own. */
const EVENTS = ["console", "dialog", "pageerror", "request", "response"] as const;
const SIZE = { width: 1280, height: 720 };
const MEDIA = { media: null, colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null };
/** A path of the same site with nothing to load. */
const PARKED = "/health";

/**
 * Makes a window like new, except cookies and local storage, which are set again anyway. Returns false if that isn't
 * possible.
 */
export function cleared(page: Page): Promise<boolean> {
  return clear(page).catch(() => false);
}

async function clear(page: Page): Promise<boolean> {
  const isPlain = await page.evaluate(() =>
    [Date, print].every((own) => String(own).includes("[native code]")),
  );
  if (!isPlain) return false; // a script that replaces them runs in each page of the window, and can't be removed
  const context = page.context();
  for (const event of EVENTS) page.removeAllListeners(event);
  await Promise.all(context.pages().map((other) => (other === page ? null : other.close())));
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await context.unrouteAll({ behavior: "ignoreErrors" });
  await context.clearPermissions();
  await context.setOffline(false);
  await page.goto(PARKED); // what a page stores when it is left is there before it is cleared
  await page.evaluate(() => sessionStorage.clear());
  await page.setViewportSize(SIZE);
  await page.emulateMedia(MEDIA);
  await forgetHistory(page);
  return true;
}

async function forgetHistory(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.resetNavigationHistory");
  await session.detach();
}
