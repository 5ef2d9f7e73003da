/** The error message for a code that Better Auth puts into the URL of the sign-in page after the identity provider. */
export function providerError(code: string, provider: string): string {
  if (code === "signup_disabled")
    return `${provider} signed you in, but the address it gave has no invitation here. Ask an owner for an invitation.`;
  if (code === "account_not_linked")
    return `${provider} has not verified your address, so it doesn't prove that this account is yours. Sign in with your password.`;
  return `Signing in through ${provider} failed. Try again, or use your password.`;
}
