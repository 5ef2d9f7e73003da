import type { GenericOAuthConfig } from "better-auth/plugins";
import { z } from "zod";
import { hiddenIn } from "@/domain/look-alikes";
import { isPlainText } from "@/domain/text";
import { env } from "@/server/store/env";
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
      discoveryUrl: `${OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
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
