import { randomUUID } from "node:crypto";
import { type BrowserContext, type Page, request } from "@playwright/test";
import type { Role } from "@/domain/roles";
import { codeOf } from "./authenticator";
import { test as everything, expect } from "./fixtures";
import { sendPlainForm } from "./plain-form";

export const PASSWORD = "a long enough password";

export type Someone = { page: Page; email: string; name: string };

type Invited = { email: string; role: Role; customerId?: string };

type People = {
  /**
   * A person with a role who accepted an invitation, with a separate browser. A license admin belongs to a customer.
   */
  person(role: Role, customerId?: string): Promise<Someone>;
};

export const test = everything.extend<People>({
  person: async ({ browser, baseURL, target: { owner } }, use) => {
    if ("fault" in owner) throw new Error(owner.fault);
    const contexts: BrowserContext[] = [];
    await use(async (role, customerId) => {
      const email = `${role}-${randomUUID()}@signet.example`;
      const name = `A ${role} ${email.slice(-20, -16)}`;
      const options = { baseURL, storageState: owner.storageState };
      const link = await invitationFor(options, { email, role, customerId });
      const storageState = await accountOf(link, name);
      const context = await browser.newContext({ baseURL, storageState });
      contexts.push(context);
      return { page: await context.newPage(), email, name };
    });
    for (const context of contexts) await context.close();
  },
});

/** The cookies of a session, or a file of them. */
export type SessionState = Awaited<ReturnType<BrowserContext["storageState"]>> | string;

/** Invites a person as an owner, with a plain form. Returns the link, which is shown once. */
export async function invitationFor(
  options: { baseURL?: string; storageState: SessionState },
  { email, role, customerId }: Invited,
): Promise<string> {
  const owner = await request.newContext(options);
  const fields = { email, role, ...(customerId ? { customers: customerId } : {}) };
  const [link] = LINK.exec(await sendPlainForm(owner, "/people/invite", fields)) ?? [];
  await owner.dispose();
  if (!link) throw new Error(`No link was shown for ${email}.`);
  return link;
}

const LINK = /https?:[^\s"<&]+\/invite\/[^\s"<&]+/;

/** The session cookies of a person who accepted an invitation. */
async function accountOf(link: string, name: string) {
  const person = await request.newContext();
  await sendPlainForm(person, link, { name, password: PASSWORD });
  const state = await person.storageState();
  await person.dispose();
  if (state.cookies.length === 0) throw new Error(`${name} was not signed in.`);
  return state;
}

/** Starts "see as" in the session of that page. */
export async function seeAs(page: Page, { email, name }: Pick<Someone, "email" | "name">): Promise<void> {
  await page.goto(`/people?q=${email}`);
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
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).not.toHaveURL(/\/invite\//);
}

export async function signInAs(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export { expect };

/** Turns on the second factor on its page. Returns its secret and the recovery codes. */
export async function enrolOn(page: Page): Promise<{ secret: string; codes: string[] }> {
  await page.getByRole("textbox", { name: "Your password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  const secret = (await page.getByText(/^([A-Z2-7]{4} )+[A-Z2-7]{1,4}$/).textContent()) ?? "";
  await page.getByLabel("6-digit code").fill("000000");
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByText("The code does not match.")).toBeVisible();
  await page.getByLabel("6-digit code").fill(codeOf(secret));
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("heading", { name: "Second factor turned on" })).toBeVisible();
  const codes = ((await page.getByText(/^[a-z2-9]{5}-[a-z2-9]{5}\n/).textContent()) ?? "").split("\n");
  await page.getByLabel("I have stored it").check();
  await page.getByRole("link", { name: "Finish" }).click();
  return { secret, codes };
}
