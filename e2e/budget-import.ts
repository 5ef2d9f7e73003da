import { writeFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";

/** The milliseconds of each part of an import, and how responsive the page was meanwhile. */
export type ImportTimes = {
  checked: Worked;
  /** The time from pressing Cancel until nothing runs any more. */
  checkCancelled: number;
  /** The rest after a Cancel; its time is extrapolated to all rows. */
  assigned: Worked;
  assignCancelled: number;
};

/**
 * The duration of some work, the longest task and the slowest key press meanwhile, and the longest pause of the
 * progress.
 */
type Worked = { took: number; task: number; key: number; still: number };

type Timed = PerformanceEntry & { interactionId?: number };
declare global {
  interface Window {
    watched: { begun: number; task: number; key: number; steps: number[] };
  }
}

export const ROWS = 100_000;
const BAD = 40;
const GOOD = ROWS - BAD;
const TYPING_MS = 200;
const PATIENCE_MS = 600_000;
const formatted = (number: number) => number.toLocaleString("en-US");

/** Writes a file of 100,000 rows with some invalid ones to `path`, and imports it in the browser. */
export async function importOf(page: Page, license: string, path: string): Promise<ImportTimes> {
  writeFileSync(path, rowsOfFile());
  const choose = async () => {
    await page.getByLabel("CSV file").setInputFiles(path);
    await page.getByRole("button", { name: "Check rows" }).click();
  };
  await page.addInitScript(recordResponsiveness);
  await page.goto(`${license}/assignments/import`, { waitUntil: "networkidle" });
  const cancel = page.getByRole("button", { name: "Cancel" });
  await choose();
  await waitForProgress(page, /^[\d,]{5,} rows checked$/);
  const checkCancelled = await timeToCancel(cancel);
  const checked = await measureWork(page, cancel, choose);
  await waitForButton(page, `Skipped ${BAD}`);
  await page.getByRole("button", { name: `Assign ${formatted(GOOD)} of ${formatted(ROWS)}` }).click();
  await waitForProgress(page, /^[1-9]\d,000 of /);
  const assignCancelled = await timeToCancel(cancel);
  const rest = page.getByRole("button", { name: /^Assign [\d,]+ of/ });
  const sent = GOOD - Number(/[\d,]+/.exec((await rest.textContent()) ?? "")?.[0].replaceAll(",", ""));
  await waitForButton(page, `Assigned ${formatted(sent)}`);
  const some = await measureWork(page, cancel, () => rest.click());
  await waitForButton(page, `Assigned ${formatted(GOOD)}`);
  const assigned = { ...some, took: (some.took * GOOD) / (GOOD - sent) };
  return { checked, checkCancelled, assigned, assignCancelled };
}

function rowsOfFile(): string {
  const every = ROWS / BAD;
  const rows = Array.from({ length: ROWS }, (_, at) => {
    if (at % every === 0) return at % (2 * every) === 0 ? ",professional" : `contoso\\bad${at},analyser`;
    return `contoso\\person${String(at).padStart(6, "0")},professional`;
  });
  return ["subject,allotment", ...rows].join("\r\n");
}

/** Types now and then while some work runs, and measures how the page responds. */
async function measureWork(page: Page, cancel: Locator, begin: () => Promise<void>): Promise<Worked> {
  const field = page.getByLabel("Or paste rows");
  await field.focus();
  await page.evaluate(() => {
    window.watched = { begun: performance.now(), task: 0, key: 0, steps: [] };
  });
  await begin();
  await expect(cancel).toBeVisible();
  await field.focus();
  const patience = Date.now() + PATIENCE_MS;
  while ((await cancel.count()) > 0) {
    if (Date.now() > patience) throw new Error("The import did not end.");
    await page.keyboard.press("7");
    await page.waitForTimeout(TYPING_MS);
  }
  const { begun, task, key, steps } = await page.evaluate(() => window.watched);
  const gaps = steps.map((step, at) => step - (steps[at - 1] ?? begun));
  return { took: (steps.at(-1) ?? Number.NaN) - begun, task, key, still: Math.max(...gaps) };
}

async function timeToCancel(cancel: Locator): Promise<number> {
  const begin = performance.now();
  await cancel.click();
  await expect(cancel).toBeHidden();
  return performance.now() - begin;
}

function waitForProgress(page: Page, progress: RegExp): Promise<void> {
  return expect(page.getByText(progress)).toBeVisible({ timeout: PATIENCE_MS });
}

function waitForButton(page: Page, name: string): Promise<void> {
  return expect(page.getByRole("button", { name, exact: true })).toBeVisible({ timeout: PATIENCE_MS });
}

/**
 * Runs in the page: records long tasks, the time from key press to paint, and when the progress moves or disappears.
 */
function recordResponsiveness(): void {
  window.watched = { begun: 0, task: 0, key: 0, steps: [] };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      window.watched.task = Math.max(window.watched.task, duration);
  }).observe({ type: "longtask" });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries() as Timed[])
      if (interactionId) window.watched.key = Math.max(window.watched.key, duration);
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  let last: number | undefined;
  new MutationObserver(() => {
    const value = document.querySelector("progress")?.value;
    if (value !== last) window.watched.steps.push(performance.now());
    last = value;
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}
