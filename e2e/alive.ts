import type { Page } from "@playwright/test";

/** The addresses that open pages read again by themselves. */
export const READS = /\/(attention|session\/left|live|rows|news)(\?|$)/;

/** Loads a page and waits until it is hydrated; presses before that are lost. */
export async function openAlive(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await alive(page);
}

/**
 * Loads a page and waits until it is hydrated and has no requests in flight: a late response would make the server look
 * reachable again.
 */
export async function openQuiet(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: "networkidle" });
  await alive(page);
}

/** Waits until React has hydrated every control of the page and has run the effects that listen for keys. */
export async function alive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const controls = [
      ...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea"),
    ];
    const isTaken = (control: Element) =>
      Object.keys(control).some((name) => name.startsWith("__reactProps$"));
    return controls.length > 0 && controls.every(isTaken);
  });
  await page.evaluate(async () => {
    for (let turn = 0; turn < 2; turn++)
      await new Promise<void>((done) => {
        const { port1, port2 } = new MessageChannel(); // As in React's scheduler: no fake clock of a spec stops a message.
        port1.onmessage = () => done();
        port2.postMessage(null);
      });
  });
}
