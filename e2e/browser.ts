import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

/** The headless shell needs a third of a full browser's CPU. */
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
];
const MAC = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/**
 * Launch options for Chromium: an explicit path, Playwright's own, or the system's. As root it runs without its
 * sandbox.
 */
export function browserLaunch(...args: string[]) {
  return {
    executablePath: browserPath() ?? undefined,
    args: process.getuid?.() === 0 ? ["--no-sandbox", ...args] : args,
  };
}

/** Makes sure that there is a browser: finds one, or installs one with the means of the machine. */
export async function provideBrowser(): Promise<void> {
  if (isDebianRoot() && !isShell(browserPath())) {
    console.log("Installing the headless shell of Chromium. This happens once.");
    run("apt-get", "update", "-qq");
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium-headless-shell");
  }
  if (browserPath()) return;
  console.log("There is no Chromium. Installing one. This happens once.");
  if (!browserPath()) run(process.execPath, "node_modules/@playwright/test/cli.js", "install", "chromium");
  if (!browserPath())
    throw new Error(
      "There is no Chromium, and none could be installed. Install Chromium or Chrome, or name one in PLAYWRIGHT_CHROMIUM.",
    );
}

function browserPath(): string | null {
  const explicit = process.env.PLAYWRIGHT_CHROMIUM;
  if (explicit) return explicit;
  const own = chromium.executablePath();
  return existsSync(own) ? own : systemBrowser();
}

/** Without a shell, a full browser does the same at three times the CPU. */
function isShell(path: string | null): boolean {
  return path !== null && (Boolean(process.env.PLAYWRIGHT_CHROMIUM) || /headless.shell/.test(path));
}

function systemBrowser(): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...MAC].find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isDebianRoot(): boolean {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

function run(command: string, ...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"], env });
}
