import type { Page } from "@playwright/test";

/** Holds back the requests of a page to some paths until the returned function is called. */
export async function holdRequests(page: Page, paths: RegExp): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(
    ({ pathname }) => paths.test(pathname),
    async (route) => {
      await released;
      await route.continue();
    },
  );
  return release;
}
