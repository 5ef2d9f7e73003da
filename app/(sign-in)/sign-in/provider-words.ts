/** What went wrong at the identity provider, by the code that Better Auth puts into the address of the sign-in page. */
export function providerFault(code: string, provider: string): string {
  if (code === "signup_disabled")
    return `${provider} knows you, but nobody here has invited the address that it gave. Ask an owner for an invitation.`;
  if (code === "account_not_linked")
    return `${provider} has not verified the address that it gave, so it does not prove that the account here is yours. Sign in with your password.`;
  return `Signing in through ${provider} did not work. Try again, or use your password.`;
}
