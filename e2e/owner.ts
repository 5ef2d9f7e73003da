import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Page, request } from "@playwright/test";
import { sendPlainForm } from "./plain-form";
import type { RunningServer } from "./server";

export const OWNER = {
  name: "Olivia Owner",
  email: "olivia@signet.example",
  password: "correct horse battery staple",
};

/** A signed-in owner as a file of cookies, or why there is none: specs without a browser run anyway. */
export type SignedIn = { storageState: string } | { fault: string };

/** Creates the first owner with the printed link, as a plain form. */
export async function createOwner(server: RunningServer): Promise<SignedIn> {
  try {
    return { storageState: await setUp(setupLinkOf(server)) };
  } catch (error) {
    return { fault: `There is no signed-in owner. ${error instanceof Error ? error.message : error}` };
  }
}

/** Creates the first owner in the browser, which is signed in afterwards. */
export async function createOwnerOn(page: Page, server: RunningServer): Promise<void> {
  await page.goto(setupLinkOf(server));
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByRole("textbox", { name: "Password" }).fill(OWNER.password);
  await page.getByRole("button", { name: /owner/i }).click();
  await page.waitForURL((url) => url.pathname !== "/setup");
}

function setupLinkOf(server: RunningServer): string {
  const link = /http\S+\/setup\?token=\S+/.exec(server.output())?.[0];
  if (!link) throw new Error(`No setup link was printed:\n${server.output()}`);
  return link;
}

async function setUp(link: string): Promise<string> {
  const owner = await request.newContext();
  await sendPlainForm(owner, link, OWNER);
  const path = join(tmpdir(), `signet-owner-${randomUUID()}.json`);
  const { cookies } = await owner.storageState({ path });
  await owner.dispose();
  if (cookies.length === 0) throw new Error("The setup form signed nobody in.");
  return path;
}
