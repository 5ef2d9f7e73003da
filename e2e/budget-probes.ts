import type { Page } from "@playwright/test";

/** Something a person does on a page; `path` is relative to the license. */
type Interaction = {
  name: string;
  path: string;
  /** Brings the page into a state where it can be done, repeatedly. */
  prepare(page: Page): Promise<void>;
  act(page: Page): Promise<void>;
};

type Timed = PerformanceEntry & { interactionId?: number };
declare global {
  interface Window {
    shift: number;
    paints: number[];
  }
}

const SETTLE_MS = 250;
/** The browser doesn't report shorter events. */
const SHORTEST_MS = 16;

const nothing = async () => {};
const finder = (page: Page) => page.getByRole("combobox", { name: "Search or run a command" });
const search = (page: Page) => page.locator("main input[type=search]");

export const INTERACTIONS: readonly Interaction[] = [
  {
    name: "Assignments: type into the search",
    path: "/assignments",
    prepare: async (page) => {
      await search(page).fill("");
      await search(page).focus();
    },
    act: (page) => page.keyboard.press("7"),
  },
  {
    name: "Assignments: select a row",
    path: "/assignments",
    prepare: nothing,
    act: (page) => page.locator("tbody input[type=checkbox]").first().click(),
  },
  {
    name: "Assignments: open a person",
    path: "/assignments",
    prepare: async (page) => {
      await page.keyboard.press("Escape");
    },
    act: (page) => page.locator("[data-seat]").nth(2).click(),
  },
  {
    name: "Assignments: sort by subject",
    path: "/assignments",
    prepare: nothing,
    act: (page) => page.getByRole("columnheader", { name: "User" }).getByRole("link").click(),
  },
  {
    name: "Capacity: go to another day",
    path: "/capacity",
    prepare: (page) => page.getByRole("slider").focus(),
    act: (page) => page.keyboard.press("ArrowLeft"),
  },
  {
    name: "Palette: open",
    path: "/assignments",
    prepare: async (page) => {
      await page.keyboard.press("Escape");
    },
    act: (page) => page.keyboard.press("Control+k"),
  },
  {
    name: "Palette: type",
    path: "/assignments",
    prepare: async (page) => {
      if ((await finder(page).count()) === 0) await page.keyboard.press("Control+k");
      await finder(page).fill("");
    },
    act: (page) => page.keyboard.press("c"),
  },
  {
    name: "Crumb: open the licenses",
    path: "",
    prepare: async (page) => {
      await page.keyboard.press("Escape");
    },
    act: (page) => page.getByRole("button", { name: "Switch license" }).click(),
  },
];

/** The layout shift of a page until it is idle, without shifts that follow input. */
export async function shiftOf(page: Page, path: string): Promise<number> {
  await page.addInitScript(() => {
    window.shift = 0;
    type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[])
        if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(path, { waitUntil: "networkidle" });
  await page.waitForTimeout(SETTLE_MS);
  return page.evaluate(() => window.shift);
}

/**
 * The milliseconds from an interaction to its paint, by the browser's event timing. The first run loads what is loaded
 * lazily.
 */
export async function paintsOf(
  page: Page,
  { path, prepare, act }: Interaction,
  license: string,
  times: number,
): Promise<number[]> {
  await page.addInitScript((shortest) => {
    window.paints = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Timed[])
        if (entry.interactionId) window.paints.push(entry.duration);
    }).observe({ type: "event", durationThreshold: shortest } as PerformanceObserverInit);
  }, SHORTEST_MS);
  await page.goto(license + path, { waitUntil: "networkidle" });
  const paints: number[] = [];
  for (let time = 0; time <= times; time += 1) {
    await prepare(page);
    await page.waitForTimeout(SETTLE_MS);
    await page.evaluate(() => {
      window.paints = [];
    });
    await act(page);
    await page.waitForTimeout(SETTLE_MS);
    const worst = Math.max(SHORTEST_MS, ...(await page.evaluate(() => window.paints)));
    if (time > 0) paints.push(worst);
  }
  return paints;
}
