import "server-only";
import { APIError } from "better-auth/api";
import { headers } from "next/headers";
import { auth } from "./auth";
import { PROVIDER } from "./identity-provider";
import { CODE_USED } from "./sign-in-once";

/** `wrong` never reveals whether the account exists; `code` means that the second factor is missing. */
export type SignedIn = "in" | "code" | "wrong" | "used" | "paused" | "over";

const AUTHENTICATOR_CODE = /^[0-9]{6}$/;

export async function signInByPassword(email: string, password: string): Promise<SignedIn> {
  return tried(async () => {
    const result = await auth().api.signInEmail({ body: { email, password }, headers: await headers() });
    return "twoFactorRedirect" in result ? "code" : "in";
  });
}

/**
 * Accepts the 6 digits of an authenticator, or a recovery code. `over` and `used` (digits that signed in before) if the
 * password has to be entered again.
 */
export async function signInByCode(written: string): Promise<SignedIn> {
  const code = written.replace(/\s/g, "");
  return tried(async () => {
    const call = { body: { code }, headers: await headers() };
    if (AUTHENTICATOR_CODE.test(code)) await auth().api.verifyTOTP(call);
    else await auth().api.verifyBackupCode(call);
    return "in";
  });
}

/** The sign-in page of the identity provider; it leads back to `next`, or with an `error` to `failed`. */
export async function goToProvider(next: string, failed: string): Promise<string> {
  const body = { provider: PROVIDER, callbackURL: next, errorCallbackURL: failed, disableRedirect: true };
  try {
    const { url } = await auth().api.signInSocial({ body, headers: await headers() });
    if (url) return url;
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
  }
  return `${failed}&error=provider_away`;
}

export async function signOut(): Promise<void> {
  await auth().api.signOut({ headers: await headers() });
}

const OVER = ["INVALID_TWO_FACTOR_COOKIE", "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE"];

async function tried(attempt: () => Promise<SignedIn>): Promise<SignedIn> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    if (error.status === "TOO_MANY_REQUESTS") return "paused";
    if (error.body?.code === CODE_USED) return "used";
    return OVER.includes(error.body?.code ?? "") ? "over" : "wrong";
  }
}
