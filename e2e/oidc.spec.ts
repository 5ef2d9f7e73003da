import type { Browser, Page } from "@playwright/test";
import { OAuth2Server } from "oauth2-mock-server";
import { expectAccessible } from "./accessible";
import { createOwner, OWNER } from "./owner";
import { acceptAs, enrolOn, test as everything, expect, invitationFor } from "./people";
import { startServer } from "./server";
import { emptyStore } from "./stores";

type Claims = { sub: string; email: string; email_verified: boolean; name?: string };

/** A separate Signet whose identity provider returns the claims that a test sets. */
type Federated = { base: string; owner: string; provider: { says: Claims } };

const test = everything.extend<object, { federated: Federated }>({
  federated: [
    async ({ playwright: _ }, use) => {
      const provider = { says: claims("nobody@signet.example") };
      const mock = await startProvider(provider);
      const store = await emptyStore();
      const server = await startServer({
        ...store.settings,
        OIDC_ISSUER: String(mock.issuer.url),
        OIDC_CLIENT_ID: "signet",
        OIDC_CLIENT_SECRET: "a secret of the provider",
        OIDC_NAME: "Contoso ID",
      });
      const owner = await createOwner(server);
      if ("fault" in owner) throw new Error(owner.fault);
      await use({ base: server.console, owner: owner.storageState, provider });
      expect(await server.stop()).toBe(0);
      await mock.stop();
      await store.remove();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

test.describe.configure({ mode: "serial" });

test("an unknown person can't sign in with the identity provider", async ({ browser, federated }) => {
  const page = await visitor(browser, federated, claims("eve@signet.example"));
  await signInWithProvider(page);
  await expect(page.getByText("the address it gave has no invitation here")).toBeVisible();
  await page.goto("/licenses");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.context().close();
});

test("a link of another site leads to the sign-in page, not to the provider", async ({
  request,
  federated,
}) => {
  const go = async (site: string) => {
    const headers = { "Sec-Fetch-Site": site };
    const response = await request.get(`${federated.base}/sign-in/oidc`, { headers, maxRedirects: 0 });
    return String(response.headers().location);
  };
  expect(await go("cross-site")).toMatch(/^\/sign-in\?/);
  expect(await go("same-origin")).toMatch(/^http:\/\/localhost:\d+\/authorize\?/);
});

test("an email address that the provider hasn't verified is refused", async ({ browser, federated }) => {
  const page = await visitor(browser, federated, { ...claims(OWNER.email), email_verified: false });
  await signInWithProvider(page);
  await expect(page.getByText("has not verified your address")).toBeVisible();
  await page.context().close();
});

test("an invited person gets the invited account, and can sign in again", async ({ browser, federated }) => {
  const { base: baseURL, owner: storageState } = federated;
  const email = "mia@signet.example";
  await invitationFor({ baseURL, storageState }, { email, role: "auditor" });
  const page = await visitor(browser, federated, { ...claims(email), name: "Mia Moreau" });
  for (const _ of ["first", "again"]) {
    await signInWithProvider(page);
    await expect(page).toHaveURL(`${federated.base}/`);
    await page.goto("/account");
    await expect(page.getByLabel("Name")).toHaveValue("Mia Moreau");
    await expect(page.getByText("You sign in through your identity provider")).toBeVisible();
    await page.context().clearCookies();
  }
  await page.context().close();
});

test("an owner with a password can also sign in with the identity provider", async ({
  browser,
  federated,
}) => {
  const page = await visitor(browser, federated, claims(OWNER.email));
  await signInWithProvider(page);
  await page.goto("/people");
  await expect(page.getByRole("row", { name: OWNER.email })).toContainText("(you)");
  await page.context().close();
});

test("a role that needs a second factor: people set it up before anything else, unless their provider asks", async ({
  browser,
  federated,
}) => {
  const { base: baseURL, owner: storageState } = federated;
  const owner = await (await browser.newContext({ baseURL, storageState })).newPage();
  await owner.goto("/people");
  const roles = owner.getByRole("group", { name: "Required for" });
  const save = owner.getByRole("button", { name: "Save roles" });
  await roles.getByLabel("Owner").check();
  await save.click();
  await expect(roles.getByText("You have no second factor yourself.")).toBeVisible();
  await roles.getByLabel("Owner").uncheck();
  await roles.getByLabel("Auditor").check();
  await save.click();
  await expect(roles.getByText("You have no second factor yourself.")).toBeHidden();
  await expectAccessible(owner);
  const link = await invitationFor(
    { baseURL, storageState },
    { email: "ben@signet.example", role: "auditor" },
  );
  await owner.context().close();

  const page = await visitor(browser, federated, claims("mia@signet.example"));
  await signInWithProvider(page);
  await expect(page).toHaveURL(`${baseURL}/`);
  await page.context().clearCookies();
  await acceptAs(page, link, "Ben");
  await page.goto("/licenses?sort=number");
  await expect(page).toHaveURL(/\/second-factor\?next=%2Flicenses/);
  await expect(page.getByText("Your role needs a second factor.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Skip for now" })).toBeHidden();
  expect((await page.request.get("/attention")).status()).toBe(401);
  await expectAccessible(page);
  await enrolOn(page);
  await expect(page).toHaveURL(/\/licenses/);
  await page.context().close();
});

function claims(email: string): Claims {
  return { sub: `sub of ${email}`, email, email_verified: true };
}

async function visitor(browser: Browser, { base, provider }: Federated, says: Claims): Promise<Page> {
  provider.says = says;
  return (await browser.newContext({ baseURL: base })).newPage();
}

async function signInWithProvider(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Continue with Contoso ID" }).click();
}

async function startProvider(provider: { says: Claims }): Promise<OAuth2Server> {
  const mock = new OAuth2Server();
  await mock.issuer.keys.generate("RS256");
  await mock.start(0, "localhost");
  mock.service.on("beforeTokenSigning", ({ payload }) => Object.assign(payload, provider.says));
  mock.service.on("beforeUserinfo", (response) => {
    response.body = { ...provider.says };
  });
  return mock;
}
