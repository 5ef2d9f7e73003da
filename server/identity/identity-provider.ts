import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";
import type { GenericOAuthConfig } from "better-auth/plugins";
import { z } from "zod";
import { hiddenIn } from "@/domain/look-alikes";
import { isPlainText } from "@/domain/text";
import { env } from "@/server/store/env";
import { log } from "@/server/store/log";
import { acceptVerified } from "./invitations";

export const PROVIDER = "oidc";

/** The provider's name on its button; null if none is configured. */
export function identityProviderName(): string | null {
  const { OIDC_ISSUER, OIDC_NAME } = env();
  return OIDC_ISSUER ? (OIDC_NAME ?? new URL(OIDC_ISSUER).hostname) : null;
}

/**
 * The configured OpenID Connect provider. People with an account or an invitation for the verified e-mail address may
 * sign in; nobody else gets an account.
 */
export function identityProvider(): GenericOAuthConfig[] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID) return [];
  return [
    {
      providerId: PROVIDER,
      discoveryUrl: `${withoutSlash(OIDC_ISSUER)}/.well-known/openid-configuration`,
      clientId: OIDC_CLIENT_ID,
      ...(OIDC_CLIENT_SECRET
        ? { clientSecret: OIDC_CLIENT_SECRET }
        : { tokenEndpointAuth: { method: "none" as const } }),
      scopes: ["openid", "profile", "email"],
      pkce: true,
      disableSignUp: true,
      requireIdTokenVerification: true,
      mapProfileToUser: welcomeInvited,
    },
  ];
}

/**
 * Refuses a provider whose discovery document names another issuer than `OIDC_ISSUER` (OpenID Connect Discovery 1.0,
 * 4.3): such a document would let one provider speak for another. It runs after the document was read.
 */
export const sameIssuer: BetterAuthPlugin = {
  id: "signet-same-issuer",
  hooks: {
    before: [
      {
        matcher: ({ path }) => path === "/sign-in/social" || path === "/callback/:id",
        handler: createAuthMiddleware(async ({ context }) => {
          const named = context.socialProviders.find(({ id }) => id === PROVIDER)?.issuer;
          const { OIDC_ISSUER = "" } = env();
          if (named === undefined || withoutSlash(named) === withoutSlash(OIDC_ISSUER)) return;
          log().error(
            { named },
            "the identity provider's discovery document names another issuer than OIDC_ISSUER",
          );
          throw new APIError("BAD_REQUEST", { message: "The identity provider can't be used." });
        }),
      },
    ],
  },
};

function withoutSlash(issuer: string): string {
  return issuer.replace(/\/$/, "");
}

const verified = z.object({
  email: z.email().toLowerCase(),
  email_verified: z.union([z.literal(true), z.literal("true")]),
  name: z
    .string()
    .trim()
    .min(1)
    .refine((text) => isPlainText(text) && hiddenIn(text) === null)
    .optional()
    .catch(undefined),
});

/** Turns an invitation into an account before Better Auth looks for one. */
async function welcomeInvited(profile: Record<string, unknown>) {
  const { data } = verified.safeParse(profile);
  if (data) await acceptVerified(data.email, data.name ?? data.email, new Date());
  return {};
}
