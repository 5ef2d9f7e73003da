// Measures the console on a store with 100,000 assignments in one license, prints the results beside the budgets, and
// exits with 1 if a budget is exceeded: npm run budgets. It needs a build and an otherwise idle machine.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { browserLaunch, provideBrowser } from "./browser";
import { type ImportTimes, importOf, ROWS } from "./budget-import";
import { INTERACTIONS, paintsOf, shiftOf } from "./budget-probes";
import { bigLicense, roomyLicense } from "./budget-store";
import { createOwner } from "./owner";
import { startServer } from "./server";
import { scriptWeight } from "./weight";

/** A measurement with its unit and its budget. */
type Line = { what: string; measured: number; unit: "kB" | "" | "ms"; allowed: number };

const ALLOWED = {
  scriptsKb: 215,
  shift: 0.02,
  paintMs: 100,
  foundMs: 100,
  checkMs: 15_000,
  assignMs: 120_000,
  taskMs: 100,
  stillMs: 1000,
  cancelMs: 1000,
};
const REPEATS = 5;

/** The palette's requests while a person types; `license` is the open one. */
const SEARCHES: [what: string, path: string, asked: { query: string; license?: string }][] = [
  ["Palette: things found", "/find", { query: "contoso", license: "open" }],
  ["Palette: people found in 100,000", "/find/people", { query: "77", license: "open" }],
  ["Palette: a whole name found everywhere", "/find/people", { query: "contoso\\user077777" }],
];

const data = mkdtempSync(join(tmpdir(), "signet-budgets-"));
try {
  await provideBrowser();
  const lines = await measure(data);
  print(lines);
  process.exitCode = lines.every(isWithin) ? 0 : 1;
} finally {
  rmSync(data, { recursive: true, force: true });
}

async function measure(folder: string): Promise<Line[]> {
  const server = await startServer({ DATA_DIR: folder });
  try {
    const owner = await createOwner(server);
    if ("fault" in owner) throw new Error(owner.fault);
    const number = await bigLicense(server);
    const browser = await chromium.launch(browserLaunch());
    const open = { baseURL: server.console, storageState: owner.storageState };
    const lines = [
      ...(await linesOf(browser, open, number)),
      ...(await importLines(browser, open, await roomyLicense(server))),
    ];
    await browser.close();
    rmSync(owner.storageState, { force: true });
    return lines;
  } finally {
    await server.stop();
  }
}

type Open = Parameters<Browser["newContext"]>[0];

async function linesOf(browser: Browser, open: Open, number: string): Promise<Line[]> {
  const context = await browser.newContext(open);
  const lines: Line[] = [];
  const bytes = await scriptWeight(await context.newPage(), "/licenses");
  lines.push({
    what: "JavaScript of the licenses list",
    measured: bytes / 1000,
    unit: "kB",
    allowed: ALLOWED.scriptsKb,
  });
  const license = `/licenses/${number}`;
  for (const path of [
    "/licenses",
    license,
    `${license}/assignments`,
    `${license}/capacity`,
    `${license}/keys`,
  ])
    lines.push(await shiftLine(context, path, path.replace(number, "…")));
  for (const interaction of INTERACTIONS) {
    const page = await context.newPage();
    const paints = await paintsOf(page, interaction, license, REPEATS);
    lines.push({ what: interaction.name, measured: median(paints), unit: "ms", allowed: ALLOWED.paintMs });
    await page.close();
  }
  for (const [what, path, asked] of SEARCHES)
    lines.push(await searchLine(context, what, path, { ...asked, license: asked.license && number }));
  await context.close();
  return lines;
}

async function importLines(browser: Browser, open: Open, number: string): Promise<Line[]> {
  const context = await browser.newContext(open);
  const times = await importOf(await context.newPage(), `/licenses/${number}`, join(data, "people.csv"));
  await context.close();
  return [
    ...importPartLines(`${ROWS} rows checked`, times.checked, ALLOWED.checkMs, times.checkCancelled),
    ...importPartLines(`${ROWS} rows assigned`, times.assigned, ALLOWED.assignMs, times.assignCancelled),
  ];
}

function importPartLines(
  what: string,
  { took, ...page }: ImportTimes["checked"],
  most: number,
  cancelled: number,
): Line[] {
  const line = (part: string, measured: number, allowed: number): Line => ({
    what: `Import, ${what}${part}`,
    measured,
    unit: "ms",
    allowed,
  });
  return [
    line("", took, most),
    line(": longest task", page.task, ALLOWED.taskMs),
    line(": a key to its paint", page.key, ALLOWED.paintMs),
    line(": progress stands still", page.still, ALLOWED.stillMs),
    line(": until Cancel took effect", cancelled, ALLOWED.cancelMs),
  ];
}

async function searchLine(context: BrowserContext, what: string, path: string, data: object): Promise<Line> {
  const times: number[] = [];
  for (let time = 0; time <= REPEATS; time += 1) {
    const begin = performance.now();
    const response = await context.request.post(path, { data });
    if (!response.ok()) throw new Error(`${path} answered ${response.status()}.`);
    if (time > 0) times.push(performance.now() - begin);
  }
  return { what, measured: median(times), unit: "ms", allowed: ALLOWED.foundMs };
}

async function shiftLine(context: BrowserContext, path: string, shown: string): Promise<Line> {
  const page = await context.newPage();
  const measured = await shiftOf(page, path);
  await page.close();
  return { what: `Layout shift of ${shown}`, measured, unit: "", allowed: ALLOWED.shift };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function isWithin({ measured, allowed }: Line): boolean {
  return measured < allowed;
}

function print(lines: Line[]): void {
  const rows = lines.map((line) => {
    const digits = line.unit === "" ? 3 : 0;
    const number = (value: number) => `${value.toFixed(digits)} ${line.unit}`.trim();
    return {
      what: line.what,
      measured: number(line.measured),
      allowed: `under ${number(line.allowed)}`,
      within: isWithin(line) ? "yes" : "NO",
    };
  });
  console.table(rows);
}
