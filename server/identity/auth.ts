import { type BetterAuthOptions, betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { nextCookies } from "better-auth/next-js";
import { admin, type GenericOAuthConfig, genericOAuth } from "better-auth/plugins";
import { createAccessControl } from "better-auth/plugins/access";
import { adminAc, defaultStatements } from "better-auth/plugins/admin/access";
import { twoFactor } from "better-auth/plugins/two-factor";
import { versionedSecrets } from "@/server/secrets/session-secrets";
import { env } from "@/server/store/env";
import { log } from "@/server/store/log";
import { perProcess } from "@/server/store/per-process";
import { store, type Tx } from "@/server/store/store";
import { identityProvider } from "./identity-provider";
import { countTry, forgetTries } from "./sign-in-pause";

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;
/** Where the process notes from which address a request came; what the client says itself does not count. */
const PEER = "x-signet-peer";
export const SESSION_SECONDS = 12 * 3600;

export type Auth = ReturnType<typeof makeAuth>;

/** Better Auth on the store. A function, because a module that made it while loading would open the store in a build. */
export function auth(): Auth {
  return perProcess("auth", () => makeAuth(store().db, identityProvider()));
}

/**
 * Better Auth for reading who is signed in. It sets no cookie: a cookie that an action sets, also one that takes a lost
 * session's away, makes Next draw the page again, which then is the sign-in, and what was typed is gone.
 */
export function authForReading(): Auth {
  return perProcess("auth-for-reading", () => makeAuth(store().db, [], []));
}

/** Better Auth inside a transaction, so that what it writes and its audit are one. */
export function authIn(tx: Tx): Auth {
  return makeAuth(tx, []);
}

function makeAuth(db: Tx, providers: GenericOAuthConfig[], cookies = [nextCookies()]) {
  const { PUBLIC_URL, PORT, TRUST_PROXY } = env();
  return betterAuth({
    appName: "Signet",
    baseURL: PUBLIC_URL,
    trustedOrigins: [`http://localhost:${PORT}`, `http://127.0.0.1:${PORT}`],
    secrets: versionedSecrets(),
    database: prismaAdapter(db, { provider: "postgresql" }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    session: {
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
      additionalFields: {
        seesAs: { type: "string", required: false, input: false },
        seesAsUntil: { type: "date", required: false, input: false },
      },
    },
    account: {
      // The provider proves who somebody is at the sign-in; its tokens serve nothing here, so none is kept.
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, trustedProviders: [] },
    },
    databaseHooks: {
      account: { create: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) } },
    },
    onAPIError: { errorURL: "/sign-in" },
    rateLimit,
    hooks: { before: countTry, after: forgetTries },
    advanced: {
      useSecureCookies: PUBLIC_URL.startsWith("https:"),
      cookiePrefix: "signet",
      ipAddress: { ipAddressHeaders: TRUST_PROXY ? ["x-forwarded-for", PEER] : [PEER] },
    },
    telemetry: { enabled: false },
    // What Better Auth calls an error is a wrong password and the like; a fault of ours is thrown.
    logger: { log: (level, message) => log()[level === "error" ? "warn" : level]({ auth: message }) },
    plugins: [
      twoFactor({ issuer: "Signet" }),
      admin(ROLES_OF_BETTER_AUTH),
      genericOAuth({ config: providers }),
      ...cookies,
    ],
  });
}

const NO_TOKENS = { accessToken: null, refreshToken: null, idToken: null, scope: null };

/** The longest window here is also how long Better Auth keeps the rows that sign-in-pause.ts shares. */
const rateLimit = {
  enabled: true,
  storage: "database",
  window: 60,
  max: 300,
  customRules: { "/sign-in/*": { window: 300, max: 60 }, "/two-factor/*": { window: 300, max: 60 } },
} satisfies BetterAuthOptions["rateLimit"];

const ac = createAccessControl(defaultStatements);
const nothing = ac.newRole({});

/** Only names the roles: what each may do is decided in domain/roles.ts. */
const ROLES_OF_BETTER_AUTH = {
  ac,
  roles: {
    owner: ac.newRole(adminAc.statements),
    issuer: nothing,
    "license-admin": nothing,
    auditor: nothing,
  },
  adminRoles: ["owner"],
  defaultRole: "auditor",
};
