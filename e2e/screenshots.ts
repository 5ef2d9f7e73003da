// Writes every page in both themes and three widths to screenshots/: npm run screenshots [-- part of a path]. With "--
// readme" it takes the two pictures of the README again instead. The data is a new sample, or a copy of the one in
// SCREENSHOTS_DATA, which no server may have opened.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { createClient, unwrap } from "signet/client";
import { browserLaunch, provideBrowser } from "./browser";
import { drawn } from "./drawn";
import { createOwner } from "./owner";
import { type ConsolePage, pagesOf, type Shown } from "./pages";
import { type RunningServer, startServer } from "./server";
import { withShown } from "./shown";

const FOLDER = "screenshots";
const SHOWN = "9999000000010012";
/** A sample license with minutes, for the page about usage. */
const METERED = "9999000000010029";
const WIDTHS = [360, 768, 1440];

/** The pictures in the README. */
const IN_README = [
  { file: "overview", path: "/", colorScheme: "light", height: 800 },
  { file: "capacity", path: `/licenses/${METERED}/capacity`, colorScheme: "dark", height: 940 },
] as const;

const [part = ""] = process.argv.slice(2);
const given = process.env.SCREENSHOTS_DATA;
const data = mkdtempSync(join(tmpdir(), "signet-screenshots-"));
try {
  await provideBrowser();
  if (given) cpSync(given, data, { recursive: true });
  else fillSample(data);
  await withServer(data, shoot);
} finally {
  rmSync(data, { recursive: true, force: true });
}

function fillSample(folder: string): void {
  const env = { ...process.env, DATA_DIR: folder };
  const { status } = spawnSync(process.execPath, ["bin/signet.mjs", "sample"], { stdio: "inherit", env });
  if (status !== 0) throw new Error("The sample data could not be made.");
}

async function withServer(folder: string, work: (server: RunningServer) => Promise<void>): Promise<void> {
  const server = await startServer({ DATA_DIR: folder });
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

async function shoot(server: RunningServer): Promise<void> {
  const owner = await createOwner(server);
  if ("fault" in owner) throw new Error(owner.fault);
  const pages = pagesOf(await shownOn(server)).filter(({ path }) => path.includes(part) && part !== "readme");
  const metered = pages.flatMap((page) =>
    page.path.includes("/capacity") ? [{ ...page, path: page.path.replace(SHOWN, METERED) }] : [],
  );
  const browser = await chromium.launch(browserLaunch());
  if (part === "readme") await shootReadme(browser, server.console, owner.storageState);
  mkdirSync(FOLDER, { recursive: true });
  for (const colorScheme of ["light", "dark"] as const) {
    const options = { baseURL: server.console, colorScheme };
    const inside = await browser.newContext({ ...options, storageState: owner.storageState });
    const outside = await browser.newContext(options);
    for (const page of [...pages, ...metered])
      await shootPage(page.action ? inside : outside, page, colorScheme);
  }
  await browser.close();
  rmSync(owner.storageState, { force: true });
}

async function shootReadme(browser: Browser, baseURL: string, storageState: string): Promise<void> {
  for (const { file, path, colorScheme, height } of IN_README) {
    const viewport = { width: 1280, height };
    const context = await browser.newContext({ baseURL, storageState, colorScheme, viewport });
    const page = await context.newPage();
    await page.goto(path, { waitUntil: "networkidle" });
    await drawn(page);
    await page.screenshot({ path: `docs/images/${file}.png`, animations: "disabled" });
    await context.close();
  }
}

async function shownOn({ console: baseUrl, token }: RunningServer): Promise<Shown> {
  const client = createClient({ baseUrl, token });
  const { number, customer } = await unwrap(
    client.GET("/api/v1/admin/licenses/{number}", { params: { path: { number: SHOWN } } }),
  );
  return withShown(client, { number, customerId: customer.id });
}

async function shootPage(context: BrowserContext, { path }: ConsolePage, theme: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(path, { waitUntil: "networkidle" });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await drawn(page);
    const file = `${nameOf(path)}-${theme}-${width}.png`;
    await page.screenshot({ path: join(FOLDER, file), fullPage: true, animations: "disabled" });
  }
  await page.close();
}

/** The file name for a path: `/licenses/9999…/keys` is `licenses-license-keys`, the start page is `start`. */
function nameOf(path: string): string {
  const parts = path
    .replace(SHOWN, "license")
    .replace(METERED, "metered")
    .split(/[/?=&]/);
  return parts.filter((part) => part !== "").join("-") || "start";
}
