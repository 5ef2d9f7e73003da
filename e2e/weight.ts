import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";

/** The gzipped bytes of JavaScript that a page loads before any interaction. */
export async function scriptWeight(page: Page, path: string): Promise<number> {
  const weights = new Map<string, Promise<number>>();
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    weights.set(
      response.url(),
      response.body().then((body) => gzipSync(body).length),
    );
  });
  await page.goto(path, { waitUntil: "networkidle" });
  const all = await Promise.all(weights.values());
  return all.reduce((sum, weight) => sum + weight, 0);
}
