import type { Browser, Page } from "@playwright/test";

declare global {
  interface Window {
    fetchesAhead?: boolean;
  }
}

/**
 * Pages of this browser fetch nothing ahead. A page of a license asks for forty others that its links lead to: that is
 * half of what a machine has to do for it, and nothing to look at.
 */
export function withoutPrefetch(browser: Browser): void {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    if (options?.javaScriptEnabled !== false) await context.addInitScript(refusePrefetches);
    return context;
  };
}

/** But this page does: for specs about what one sees while another page is made. */
export async function withPrefetch(page: Page): Promise<Page> {
  await page.addInitScript(() => {
    window.fetchesAhead = true;
  });
  return page;
}

function refusePrefetches(): void {
  const { fetch } = window;
  window.fetch = async (input, init) => {
    const isAhead = !window.fetchesAhead && new Headers(init?.headers).has("next-router-prefetch");
    return isAhead ? new Response(null, { status: 404 }) : fetch(input, init);
  };
}
