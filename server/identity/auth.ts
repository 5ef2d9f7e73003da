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
import { addressOf, CLIENT_ADDRESS } from "./client-address";
import { identityProvider, sameIssuer } from "./identity-provider";
import { signInLog } from "./sign-in-log";
import { signInOnce } from "./sign-in-once";
import { countTry, forgetTries } from "./sign-in-pause";

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;
/** Only for a server that people reach by TLS; it binds a cookie to this host, over TLS, at every path. */
const HOST_PREFIX = "__Host-";
export const SESSION_SECONDS = 12 * 3600;

export type Auth = ReturnType<typeof makeAuth>;

/** Better Auth on the store. A function, because a module that created it on loading would open the store in a build. */
export function auth(): Auth {
  return perProcess("auth", () => makeAuth(store().db, identityProvider()));
}

/**
 * Better Auth for reading the session. It sets no cookie: if an action sets a cookie, even to delete a lost
 * session's, Next draws the page again; that would be the sign-in page, and typed text would be lost.
 */
export function authForReading(): Auth {
  return perProcess("auth-for-reading", () => makeAuth(store().db, [], []));
}

/** Better Auth inside a transaction, so that its writes and the audit are committed together. */
export function authIn(tx: Tx): Auth {
  return makeAuth(tx, []);
}

function makeAuth(db: Tx, providers: GenericOAuthConfig[], cookies = [nextCookies()]) {
  const { PUBLIC_URL, PORT } = env();
  const isSecure = PUBLIC_URL.startsWith("https:");
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
    user: { additionalFields: { timeZone: STYLE, dateForm: STYLE, clock: STYLE } },
    account: {
      // The provider identifies a person at sign-in; its tokens have no other use, so none is kept.
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, trustedProviders: [] },
    },
    databaseHooks: {
      session: { create: { before: async (session, context) => ({ data: withAddress(session, context) }) } },
      account: { create: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) } },
    },
    onAPIError: { errorURL: "/sign-in" },
    rateLimit,
    hooks: { before: countTry, after: forgetTries },
    advanced: {
      useSecureCookies: false, // its prefix is __Secure-
      cookiePrefix: isSecure ? `${HOST_PREFIX}signet` : "signet",
      defaultCookieAttributes: { secure: isSecure },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
    },
    telemetry: { enabled: false },
    // Better Auth's errors are wrong passwords and the like; errors of the server are thrown.
    logger: { log: (level, message) => log()[level === "error" ? "warn" : level]({ auth: message }) },
    plugins: [
      twoFactor({ issuer: "Signet" }),
      admin(ROLES_OF_BETTER_AUTH),
      genericOAuth({ config: providers }),
      sameIssuer,
      signInOnce(db),
      signInLog,
      ...cookies,
    ],
  });
}

const STYLE = { type: "string", required: false, input: false } as const;

/** A session with the whole address of its browser: Better Auth cuts one of IPv6 down to its network. */
function withAddress<Row>(session: Row, context: { headers?: Headers } | null) {
  return { ...session, ipAddress: context?.headers ? addressOf(context.headers) : undefined };
}

const NO_TOKENS = { accessToken: null, refreshToken: null, idToken: null, scope: null };

/** The longest window here also determines how long Better Auth keeps the rows that sign-in-pause.ts shares. */
const rateLimit = {
  enabled: true,
  storage: "database",
  window: 60,
  max: 300,
  customRules: { "/sign-in/*": { window: 300, max: 60 }, "/two-factor/*": { window: 300, max: 60 } },
} satisfies BetterAuthOptions["rateLimit"];

const ac = createAccessControl(defaultStatements);
const nothing = ac.newRole({});

/** Only names the roles: domain/roles.ts decides what each may do. */
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
