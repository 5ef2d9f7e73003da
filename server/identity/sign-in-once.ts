import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";
import type { Tx } from "@/server/store/store";
import { isFirstUse } from "./sign-in-pause";

export const CODE_USED = "CODE_USED";
const BY_AUTHENTICATOR = "/two-factor/verify-totp";

/**
 * Takes each code of an authenticator once: Better Auth takes it as often as it is sent for as long as it is valid. And
 * ends the session that the browser had before, so that nobody continues in one that somebody else put there.
 */
export function signInOnce(db: Tx): BetterAuthPlugin {
  const handler = createAuthMiddleware(async (context) => {
    const { newSession, internalAdapter, authCookies, secret } = context.context;
    if (!newSession) return;
    const { user, session } = newSession;
    if (
      context.path === BY_AUTHENTICATOR &&
      !(await isFirstUse(db, user.id, context.body.code, new Date()))
    ) {
      await internalAdapter.deleteSession(session.token);
      throw new APIError("UNAUTHORIZED", { message: "This code was used before.", code: CODE_USED });
    }
    const former = await context.getSignedCookie(authCookies.sessionToken.name, secret);
    if (former && former !== session.token) await internalAdapter.deleteSession(former);
  });
  return { id: "signet-sign-in-once", hooks: { after: [{ matcher: () => true, handler }] } };
}
