import { type RefusalTable, words } from "@/domain/refusal-text";

/** People, their sign-in, roles and tokens. */
export const ACCOUNT_REFUSALS = {
  FORBIDDEN: words(
    "Your role does not include this",
    "You can see it, but your role or token may not do this.",
    "Ask an owner of this installation, or use a token with the right role.",
  ),
  INVALID_TOKEN: words(
    "The token is not valid",
    "The API token is missing, unknown here, expired or revoked.",
    "Send `Authorization: Bearer sgn_…` with a token that is listed under API tokens, or create a new one.",
  ),
  OWNER_EXISTS: words(
    "There is an owner already",
    "The set-up link creates the first owner only.",
    "Sign in, or ask an owner for an invitation.",
  ),
  LAST_OWNER: words(
    "It is the last owner",
    "Without an owner nobody could manage this installation.",
    "Make somebody else an owner first.",
  ),
  EMAIL_TAKEN: words(
    "The e-mail address is taken",
    "Somebody has an account with this address.",
    "Use another address.",
  ),
  LINK_OVER: words(
    "The link has expired",
    "The link was used, replaced, or is too old.",
    "Ask an owner for a new one.",
  ),
  WRONG_PASSWORD: words(
    "The password is wrong",
    "The password doesn't match the account.",
    "Check it and try again.",
  ),
  WEAK_PASSWORD: words(
    "The password is easy to guess",
    "It is on lists that attackers try first, or follows a simple pattern.",
    "Choose a longer one, such as four words that don't belong together.",
  ),
  WRONG_CODE: words(
    "The code does not match",
    "The 6-digit code isn't the one that is valid now.",
    "Check the clock of your phone, then enter the code shown now.",
  ),
  SECOND_FACTOR_SET: words(
    "The second factor is on already",
    "The account has a second factor.",
    "Turn it off first to set up another phone.",
  ),
} satisfies RefusalTable;
