import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { browserLaunch } from "./browser";
import type { RunningServer } from "./server";

export const OWNER = {
  name: "Olivia Owner",
  email: "olivia@signet.example",
  password: "correct horse battery staple",
};

/** A signed-in owner as a file of cookies, or why there is none: specs without a browser run all the same. */
export type SignedIn = { storageState: string } | { fault: string };

/** Creates the first owner by the printed link, as a person does, once for all specs. */
export async function createOwner(server: RunningServer): Promise<SignedIn> {
  try {
    return { storageState: await setUp(setupLinkOf(server)) };
  } catch (error) {
    return { fault: `There is no signed-in owner. ${error instanceof Error ? error.message : error}` };
  }
}

function setupLinkOf(server: RunningServer): string {
  const link = /http\S+\/setup\?token=\S+/.exec(server.output())?.[0];
  if (!link) throw new Error(`No set-up link was printed:\n${server.output()}`);
  return link;
}

async function setUp(link: string): Promise<string> {
  const browser = await chromium.launch(browserLaunch());
  try {
    const page = await browser.newPage();
    await page.goto(link);
    await page.getByLabel("Your name").fill(OWNER.name);
    await page.getByLabel("E-mail").fill(OWNER.email);
    await page.getByRole("textbox", { name: "Password" }).fill(OWNER.password);
    await page.getByRole("button", { name: /owner/i }).click();
    await page.waitForURL((url) => url.pathname !== "/setup");
    const path = join(tmpdir(), `signet-owner-${randomUUID()}.json`);
    await page.context().storageState({ path });
    return path;
  } finally {
    await browser.close();
  }
}
