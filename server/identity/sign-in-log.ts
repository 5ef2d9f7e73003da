import type { BetterAuthPlugin } from "better-auth";
import { createAuthMiddleware, isAPIError } from "better-auth/api";
import { log } from "@/server/store/log";
import { addressOf } from "./client-address";

const BY_PASSWORD = "/sign-in/email";
const STEPS = new Map([
  [BY_PASSWORD, "password"],
  ["/two-factor/verify-totp", "authenticator"],
  ["/two-factor/verify-backup-code", "recovery code"],
  ["/callback/:id", "identity provider"],
]);

type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

/** Logs each step of a sign-in and what came of it. A person is named by id, never by name or e-mail. */
export const signInLog: BetterAuthPlugin = {
  id: "signet-sign-in-log",
  hooks: {
    after: [
      {
        matcher: ({ path }) => STEPS.has(path ?? ""),
        handler: createAuthMiddleware(async (context) => {
          const { newSession, returned } = context.context;
          const line = {
            by: STEPS.get(context.path),
            result: newSession ? "signed in" : isHalf(returned) ? "second factor asked" : "refused",
            user: newSession?.user.id ?? (await accountIn(context)),
            address: context.headers && addressOf(context.headers),
            requestId: context.headers?.get("x-request-id") ?? undefined,
          };
          log()[line.result === "refused" ? "warn" : "info"](line, "sign-in");
        }),
      },
    ],
  },
};

/** The id of the account whose password was compared, if there is one. */
async function accountIn({ path, body, context }: Context): Promise<string | undefined> {
  const { returned, internalAdapter } = context;
  const isCompared = !isAPIError(returned) || returned.status === "UNAUTHORIZED";
  if (path !== BY_PASSWORD || !isCompared) return undefined;
  return (await internalAdapter.findUserByEmail(body.email))?.user.id;
}

function isHalf(returned: unknown): boolean {
  return typeof returned === "object" && returned !== null && "twoFactorRedirect" in returned;
}
