import type { Page } from "@playwright/test";

/** Waits until a page has its final look: charts render after it, and again for each width. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => true));
  await page.waitForFunction(() =>
    [...document.querySelectorAll("figure[aria-label], figure[aria-labelledby]")].every((figure) => {
      const chart = figure.querySelector("svg.recharts-surface");
      if (!chart?.querySelector("path")) return false;
      const room = chart.parentElement?.getBoundingClientRect().width ?? 0;
      return Math.abs(chart.getBoundingClientRect().width - room) < 1;
    }),
  );
}
