import { expect, type Page, test } from "@playwright/test";
import { drawn } from "./drawn";

/** Draws the page's chart with this width, and waits for a few frames. */
function draw(page: Page, px: number): Promise<unknown> {
  return page.evaluate(async (width) => {
    const room = document.querySelector("figure div");
    if (room)
      room.innerHTML = width
        ? `<svg class="recharts-surface" style="width: ${width}px"><path d="M0 0h9" /></svg>`
        : "";
    for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
  }, px);
}

test("drawn() waits for each chart, also after a change of the page's width", async ({ page }) => {
  await page.setContent('<figure aria-label="Usage"><div style="width: 300px"></div></figure>');
  for (const before of [0, 200]) {
    let isDrawn = false;
    await draw(page, before);
    const waiting = drawn(page).then(() => {
      isDrawn = true;
    });
    await draw(page, before);
    expect(isDrawn).toBe(false);
    await draw(page, 300);
    await waiting;
  }
});
