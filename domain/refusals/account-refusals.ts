import { type RefusalTable, refusalText } from "./refusal-text";

/** Refusals about people, sign-in, roles and tokens. */
export const ACCOUNT_REFUSALS = {
  FORBIDDEN: refusalText(
    "Your role does not include this",
    "You can see this, but your role or token doesn't allow the action.",
    "Ask an owner of this installation, or use a token with the right role.",
  ),
  INVALID_TOKEN: refusalText(
    "The token is not valid",
    "The API token is missing, unknown, expired or revoked.",
    "Send `Authorization: Bearer sgn_…` with a token from API tokens, or create a new one.",
  ),
  OWNER_EXISTS: refusalText(
    "An owner already exists",
    "The setup link creates only the first owner.",
    "Sign in, or ask an owner for an invitation.",
  ),
  LAST_OWNER: refusalText(
    "This is the last owner",
    "Without an owner nobody could manage this installation.",
    "Make another person an owner first.",
  ),
  EMAIL_TAKEN: refusalText(
    "The e-mail address is taken",
    "Another account uses this address.",
    "Use another address.",
  ),
  LINK_OVER: refusalText(
    "The link has expired",
    "The link was used or replaced, or has expired.",
    "Ask an owner for a new one.",
  ),
  WRONG_PASSWORD: refusalText(
    "The password is wrong",
    "The password doesn't match the account.",
    "Check it and try again.",
  ),
  WEAK_PASSWORD: refusalText(
    "The password is too easy to guess",
    "It is a common password, or follows a simple pattern.",
    "Choose a longer one, such as four unrelated words.",
  ),
  WRONG_CODE: refusalText(
    "The code does not match",
    "The 6-digit code isn't the current one.",
    "Check your phone's clock, then enter the code shown now.",
  ),
  SECOND_FACTOR_SET: refusalText(
    "The second factor is already on",
    "This account already has a second factor.",
    "Turn it off first to set up another phone.",
  ),
} satisfies RefusalTable;
