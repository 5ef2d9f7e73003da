import { randomUUID } from "node:crypto";
import { type APIRequestContext, test as base, expect, type Page } from "@playwright/test";
import { type Client, createClient } from "signet/client";
import type { Target } from "./global-setup";
import { GUIDE_ALLOTMENTS } from "./guide";
import { cleared, type KeptWindow } from "./kept-window";
import type { Deployment } from "./product";
import { brokenRules } from "./store-check";
import { type EmptyStore, emptyStore } from "./stores";

export { expect };

/** Input for a license; by default the guide's allotments without an end date. */
export type NewLicense = {
  customer?: string;
  product?: string;
  products?: string[];
  number?: string;
  valid?: string;
  trial?: boolean;
  allotments?: object[];
  parameters?: object[];
  settings?: object;
};

export type IssuedLicense = {
  number: string;
  version: string;
  customer: string;
  customerId: string;
  jti: string;
  key: string;
};

/** A license, and a deployment that calls with its key. */
export type Licensed = IssuedLicense & { site: Deployment };

type Fixtures = {
  /** The management API, called as the owner, response by response. */
  api: APIRequestContext;
  /** The same with the package's typed client. */
  client: Client;
  /** The base URL of the product API. */
  door: string;
  /** Creates a license of a new customer, with a key. */
  issue(license?: NewLicense): Promise<Licensed>;
  /** A new license with the guide's allotments. */
  license: Licensed;
  /** An empty store for a server of the spec, checked and removed afterwards. */
  empty: EmptyStore;
  /** A page of the console, signed in as the owner. An error in its browser console fails the test. */
  admin: Page;
  /** Whether that page's window is new: nothing is loaded, and no script compiled. */
  isNewWindow: boolean;
};

type WorkerFixtures = {
  target: Target;
  keptWindow: KeptWindow;
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  target: [
    async ({ playwright: _ }, use, { project }) => {
      const targets: Record<string, Target> = JSON.parse(process.env.E2E_TARGETS ?? "{}");
      const target = targets[project.name];
      if (!target) throw new Error(`No server was started for ${project.name}.`);
      await use(target);
    },
    { scope: "worker" },
  ],

  baseURL: ({ target }, use) => use(target.console),

  door: ({ target }, use) => use(target.door),

  api: async ({ playwright, target }, use) => {
    const extraHTTPHeaders = { Authorization: `Bearer ${target.token}` };
    const api = await playwright.request.newContext({ baseURL: target.console, extraHTTPHeaders });
    await use(api);
    await api.dispose();
  },

  client: ({ target }, use) => use(createClient({ baseUrl: target.console, token: target.token })),

  issue: ({ api, door }, use) =>
    use(async (license) => {
      const issued = await issueLicense(api, license);
      return { ...issued, site: { door, key: issued.key } };
    }),

  license: async ({ issue }, use) => use(await issue()),

  empty: async ({ playwright: _ }, use) => {
    const store = await emptyStore();
    await use(store);
    const broken = await brokenRules(store.settings);
    await store.remove();
    expect(broken, "rules that the store breaks").toBe("");
  },

  isNewWindow: [false, { option: true }],

  keptWindow: [
    async ({ playwright: _ }, use) => {
      const kept: KeptWindow = { current: null };
      await use(kept);
      await kept.current?.context().close();
    },
    { scope: "worker" },
  ],

  admin: async ({ browser, baseURL, target: { owner }, keptWindow, isNewWindow }, use) => {
    if ("fault" in owner) throw new Error(owner.fault);
    const kept = isNewWindow ? null : keptWindow.current;
    const page = kept ?? (await (await browser.newContext({ baseURL })).newPage());
    await page.context().setStorageState(owner.storageState);
    const faults = consoleErrorsOf(page);
    await use(page);
    expect(faults, "errors on the console of the page").toEqual([]);
    const isKept = !isNewWindow && (await cleared(page));
    if (!isNewWindow) keptWindow.current = isKept ? page : null;
    if (!isKept) await page.context().close();
  },
});

/** Creates a license of a new customer, with a key. */
export async function issueLicense(api: APIRequestContext, license: NewLicense = {}): Promise<IssuedLicense> {
  const customer = license.customer ?? `Customer ${randomUUID()}`;
  const made = await api.post("/api/v1/admin/licenses", {
    data: { product: "QSEfW", allotments: GUIDE_ALLOTMENTS, ...license, customer },
  });
  expect(made.status(), await made.text()).toBe(201);
  const { number, version, customer: holder } = await made.json();
  return { number, version, customer, customerId: holder.id, ...(await issueKey(api, number)) };
}

/** Issues another key for a license. */
export async function issueKey(
  api: APIRequestContext,
  number: string,
): Promise<{ jti: string; key: string }> {
  const made = await api.post(`/api/v1/admin/licenses/${number}/keys`, { data: {} });
  expect(made.status(), await made.text()).toBe(201);
  const { jti, key } = await made.json();
  return { jti, key };
}

export async function revokeKey(api: APIRequestContext, jti: string): Promise<void> {
  const revoked = await api.post(`/api/v1/admin/keys/${jti}/revoke`, { data: { reason: "a test" } });
  expect(revoked.ok(), await revoked.text()).toBe(true);
}

/** Messages in the browser console that should never appear. */
export function consoleErrorsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  return faults;
}
