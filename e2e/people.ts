import { randomUUID } from "node:crypto";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { Role } from "@/domain/roles";
import { test as everything, expect } from "./fixtures";

export const PASSWORD = "a long enough password";

export type Someone = { page: Page; email: string; name: string };

type Invited = { email: string; role: Role; customer?: string };

type People = {
  /** Somebody with a role who came in by an invitation, with a browser of their own. */
  person(role: Role, customer?: string): Promise<Someone>;
};

export const test = everything.extend<People>({
  person: async ({ browser, baseURL, target: { owner } }, use) => {
    if ("fault" in owner) throw new Error(owner.fault);
    const contexts: BrowserContext[] = [];
    await use(async (role, customer) => {
      const email = `${role}-${randomUUID()}@signet.example`;
      const plain = await browser.newContext({
        baseURL,
        storageState: owner.storageState,
        javaScriptEnabled: false,
      });
      const link = await invite(plain, { email, role, customer });
      await plain.clearCookies();
      const name = `A ${role} ${email.slice(-20, -16)}`;
      await acceptAs(await plain.newPage(), link, name);
      const context = await browser.newContext({ baseURL, storageState: await plain.storageState() });
      await plain.close();
      contexts.push(context);
      return { page: await context.newPage(), email, name };
    });
    for (const context of contexts) await context.close();
  },
});

/** What an owner does to invite somebody, here without JavaScript. Answers the link that is shown once. */
export async function invitationFor(browser: Browser, options: object, invited: Invited): Promise<string> {
  const context = await browser.newContext({ ...options, javaScriptEnabled: false });
  const link = await invite(context, invited);
  await context.close();
  return link;
}

async function invite(context: BrowserContext, { email, role, customer }: Invited): Promise<string> {
  const page = await context.newPage();
  await page.goto("/users/invite");
  await page.getByLabel("E-mail").fill(email);
  await page.locator(`input[name=role][value=${role}]`).check();
  if (customer) await page.getByLabel(customer, { exact: true }).check();
  await page.getByRole("button", { name: "Make the invitation link" }).click();
  const link = await linkOn(page);
  await page.close();
  return link;
}

/** What an owner does to see the console as somebody else, in the session of that page. */
export async function seeAs(page: Page, { email, name }: Pick<Someone, "email" | "name">): Promise<void> {
  await page.goto(`/users?q=${email}`);
  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "See as…" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: `See as ${name}` })
    .click();
  await expect(page.getByRole("region", { name: "Seen as" })).toContainText(name);
}

/** A link of the kind that is shown once. */
export async function linkOn(page: Page): Promise<string> {
  return (await page.getByText(/^https?:\S+\/(invite|recover)\/\S+$/).textContent()) ?? "";
}

export async function acceptAs(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create the account" }).click();
  await expect(page).not.toHaveURL(/\/invite\//);
}

export async function signInAs(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export { expect };
