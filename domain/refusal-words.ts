import { problemType } from "@/domain/problem-type";
import type { RefusalCode } from "@/domain/refusal";

/** `INTERNAL` stands for a fault of ours. */
export type ProblemCode = RefusalCode | "INTERNAL";

/** What a code means whatever the case: its title, what happened, and what to do. */
export type RefusalWords = { title: string; happened: string; remedy: string };

const words = (title: string, happened: string, remedy: string): RefusalWords => ({
  title,
  happened,
  remedy,
});

const ASK_VENDOR = "Ask the vendor of the license.";
const READ_AGAIN = "Read it again, look at the difference, then repeat your change.";
const SEE_ERRORS =
  "Read `errors` in the answer: each entry has a pointer to the place and says what is allowed there.";

/** The one table: error bodies take their title from it, and each code's page shows all of it. */
export const REFUSAL_WORDS: Record<ProblemCode, RefusalWords> = {
  INVALID_KEY: words(
    "The signed license key is not valid",
    "The key is missing, cut off, changed, or signed by a key that this server doesn't accept.",
    "Copy the whole key from the console and enter it again. A product keeps running on its lease meanwhile.",
  ),
  INVALID_TOKEN: words(
    "The token is not valid",
    "The API token is missing, unknown here, expired or revoked.",
    "Send `Authorization: Bearer sgn_…` with a token that is listed under API tokens, or create a new one.",
  ),
  KEY_REVOKED: words(
    "The key was revoked",
    "This license key was revoked, for good.",
    `${ASK_VENDOR} Enter the new key.`,
  ),
  LICENSE_REVOKED: words("The license was revoked", "This license was revoked, for good.", ASK_VENDOR),
  LICENSE_SUSPENDED: words(
    "The license is suspended",
    "Products are refused for as long as the license is suspended. Nothing is lost.",
    `${ASK_VENDOR} Products go on at their next contact once it is resumed.`,
  ),
  PRODUCT_NOT_LICENSED: words(
    "The license does not cover this product",
    "The product that called isn't among the products of the license.",
    "Enter a key for this product, or let the vendor add the product to the license.",
  ),
  DUAL_USE_REQUIRED: words(
    "An admin has to accept this deployment",
    "The product isn't among the products of the license. The vendor offers dual use, which an admin of the license accepts for each deployment.",
    "Accept it in the console under Deployments of the license. Ours continues by itself then; other products activate again.",
  ),
  DUAL_USE_REJECTED: words(
    "Dual use was rejected",
    "An admin of the license rejected this deployment; the answer has the reason.",
    "Ask an admin of the license. A rejected deployment can still be accepted.",
  ),
  DUAL_USE_WITHDRAWN: words(
    "Dual use was withdrawn",
    "The offer or its acceptance was withdrawn for this deployment. Its users keep their seats.",
    "Ask an admin of the license to accept it again, or enter a key for this product.",
  ),
  OFFER_ENDED: words(
    "The offer has ended",
    "The offer was withdrawn, or its last day is over, so nothing more can be accepted on it.",
    "Ask the vendor for a new offer, or to extend this one.",
  ),
  OFFER_FULL: words(
    "The offer is used up",
    "As many deployments are accepted as the offer covers.",
    "Withdraw a deployment that no longer needs it, or ask the vendor to offer more.",
  ),
  DEPLOYMENT_ALIVE: words(
    "The deployment still calls",
    "A deployment that called within the last 30 days can't be removed: it would come back at its next call.",
    "Take the key out of that product first, then remove the deployment after 30 days.",
  ),
  TOO_MANY_DEPLOYMENTS: words(
    "The license has all the deployments it can have",
    "A license can have 10,000 deployments.",
    "Remove deployments that no longer call, and let each site keep its source over restarts.",
  ),
  FORBIDDEN: words(
    "Your role does not include this",
    "You can see it, but your role or token may not do this.",
    "Ask an owner of this installation, or use a token with the right role.",
  ),
  LICENSE_NOT_VALID: words(
    "The license is not valid now",
    "The license has ended, with its grace days, or hasn't begun.",
    "An issuer can change its dates in the definition.",
  ),
  AUTO_ASSIGN_OFF: words(
    "Automatic assignment is off",
    "A product tried to assign a seat automatically, and the license doesn't allow that for this allotment.",
    "Assign the user by hand, or turn auto-assign on in the license's settings.",
  ),
  NO_AVAILABLE_UNITS: words(
    "Every seat is taken",
    "All units of this allotment that are in force now are assigned, or reserved by signed definitions.",
    "Release a seat, mark a signed definition as returned, or let an issuer raise the units in the definition.",
  ),
  NOT_FOUND: words(
    "Nothing is here",
    "It doesn't exist, or your role doesn't include it.",
    "Check the address. GET /api/openapi.json lists every path of the API.",
  ),
  METHOD_NOT_ALLOWED: words(
    "This method isn't possible here",
    "The address exists, but not for this HTTP method.",
    "Use one of the methods in the `Allow` header of the answer.",
  ),
  UNKNOWN_LICENSE: words(
    "There is no such license",
    "The change names a license that isn't the one of the key.",
    "Send the license number that the key is for.",
  ),
  NAME_TAKEN: words(
    "The name is taken",
    "Another one has this name; upper and lower case don't count.",
    "Choose another name.",
  ),
  NUMBER_TAKEN: words(
    "The license number is taken",
    "A license with this number exists.",
    "Leave the number out to get a free one, or choose another.",
  ),
  KEY_WITHDRAWN: words(
    "The signing key was withdrawn",
    "The key that signed this license key proves nothing any more, so it can't be shown again.",
    "Issue a new license key.",
  ),
  SIGNING_KEY_ACTIVE: words(
    "The signing key is active",
    "New license keys are signed with it.",
    "Rotate to a new signing key first.",
  ),
  SUBJECT_MATCHING_IN_USE: words(
    "Users are assigned",
    "How users are matched can't change while seats are assigned.",
    "Release the seats first, then change the matching.",
  ),
  NOTHING_TO_CORRECT: words(
    "There is nothing to correct",
    "The license has only its first definition.",
    "Save a new definition without `correction=true`.",
  ),
  TOO_MANY_CHECKOUTS: words(
    "The license has all the checkouts it can have",
    "As many signed definitions are out as the license allows at a time.",
    "Mark one as returned, wait until one expires, or let an issuer raise the limit in the license's settings.",
  ),
  CHECKOUT_OVER: words(
    "The checkout has ended",
    "The signed definition was returned or has expired.",
    "Download a new signed definition.",
  ),
  INVALID_LOG: words(
    "The log can't be used",
    "A line of it is damaged, changed, missing or of another form. Nothing was changed.",
    "Copy the whole file from the site again, and don't edit it.",
  ),
  WRONG_LICENSE: words(
    "The log is of another license",
    "Its first line names a license that isn't this one. Nothing was changed.",
    "Upload it to the license that its first line names.",
  ),
  UNKNOWN_CHECKOUT: words(
    "The signed definition of this log is unknown",
    "This license has no such checkout, or the checkout is for another deployment. Nothing was changed.",
    "Look at the checkout that the first line names, and at the backend that issued it.",
  ),
  SOURCE_IS_ONLINE: words(
    "The deployment is online",
    "It has reported or synced on its own, so its log would count twice. Nothing was changed.",
    "Give a site without a network a signed definition with a deployment id of its own.",
  ),
  UPLOAD_RUNNING: words(
    "This log is being uploaded",
    "Another upload of it hasn't ended yet. Nothing was changed by this one.",
    "Wait a minute, then upload it again: what was taken is skipped.",
  ),
  LOG_GAP: words(
    "Lines of the log are missing",
    "The file begins after the last line that is known here. Nothing was changed.",
    "Upload the whole log file, from its first line on.",
  ),
  LOG_DIVERGED: words(
    "The log went on differently",
    "It isn't the continuation of what was uploaded before: the site was restored or began again, or this is another log of it. Nothing was changed.",
    "If the site really began again, an admin closes the old log; then upload this one.",
  ),
  LOG_CLOSED: words(
    "The log is closed",
    "An admin closed it, so nothing more of it is taken.",
    "Upload the log that the site writes now.",
  ),
  ALREADY_LINKED: words(
    "The user holds a seat of this allotment already",
    "Linking would give one user two seats. Nothing was changed.",
    "Release one of the two seats.",
  ),
  USAGE_CLASS_FIXED: words(
    "The usage class of an allotment is fixed",
    "An allotment that counts seats can't become one that counts minutes, or the other way round.",
    "Give the new allotment another name.",
  ),
  ALREADY_REVOKED: words(
    "It was revoked already",
    "What is revoked stays revoked.",
    "Issue or create a new one.",
  ),
  CHANGED_MEANWHILE: words(
    "It was changed in the meantime",
    "Somebody else changed it after you saw it, so nothing was changed.",
    "Look at what it is now, then try again.",
  ),
  UNDO_OVER: words(
    "It can't be undone any more",
    "A change can be undone for 15 minutes, by the person who made it; a migration for 24 hours.",
    "Make the opposite change by hand.",
  ),
  INVALID_LEF: words(
    "The license enabler file can't be read",
    "A line of the file isn't as a LEF has it. Nothing was changed.",
    "Look at the line that the answer names, and copy the whole file again.",
  ),
  LEF_CHECK_FAILED: words(
    "The check code doesn't match",
    "The license enabler file was cut or changed on the way. Nothing was changed.",
    "Copy the whole file again, from the serial number to the check code.",
  ),
  LEF_REFUSED: words(
    "Failed to get LEF from server",
    "The serial number or the control number is wrong, or no longer accepted.",
    "Check both numbers, then try again. A few wrong tries pause the retrieval for a while.",
  ),
  MIGRATED: words(
    "The license uses a signed key now",
    "The license was moved from license files to a signed license key, and its control number is closed.",
    "Enter the signed license key. Ask the vendor for it.",
  ),
  NO_CONTROL: words(
    "The license has no control number",
    "The license has no control number that is in use.",
    "Create one first.",
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
  VERSION_MISMATCH: words(
    "It was changed in the meantime",
    "What you know isn't current: somebody else changed it. The `ETag` header of the answer has the current tag.",
    READ_AGAIN,
  ),
  BODY_TOO_LARGE: words(
    "The body is too large",
    "A request can have 5 MiB, an import 64 MiB.",
    "Split it and send the parts one after the other.",
  ),
  INVALID_ADDRESS: words(
    "The address can't be read",
    "An escape in it isn't UTF-8, or it holds a NUL character.",
    "Encode each part of the path and the query as UTF-8, for example with encodeURIComponent.",
  ),
  INVALID_BODY: words(
    "The body cannot be used",
    "The body isn't JSON in UTF-8, or doesn't have the form that is asked for. Nothing was changed.",
    SEE_ERRORS,
  ),
  INVALID_QUERY: words(
    "The query can't be used",
    "A value in the address doesn't have the form that is asked for.",
    SEE_ERRORS,
  ),
  INVALID_USER_AGENT: words(
    "The user agent cannot be read",
    "The call needs to know which product calls.",
    "Send `User-Agent: Licenses/1.6.4 (windows) QSEfW`, or the same text as `userAgent` in the body.",
  ),
  INVALID_CURSOR: words(
    "The cursor does not belong to this list",
    "A cursor continues the list that it came from, with the same filter and order.",
    "Begin again without a cursor.",
  ),
  INVALID_INSTANCE: words(
    "The instance can't be read",
    "An instance is a decimal of at most 19 digits, as text, or empty for a new assignment.",
    "Send the instance as it came, with nothing around it.",
  ),
  INVALID_ITEM: words(
    "A value can't be read",
    "A member of the item has a wrong type.",
    "Compare the item with the API description.",
  ),
  INVALID_SUBJECT: words(
    "The subject cannot be used",
    "It is empty, longer than 200 characters, or holds characters that nobody sees.",
    "Write `DOMAIN\\user`, or the `sub` of your identity provider.",
  ),
  INVALID_TIMESTAMP: words(
    "The time cannot be read",
    "Times are written as in RFC 3339.",
    "Send `2026-11-28T12:31:05Z`, with the zone.",
  ),
  UNKNOWN_ALLOTMENT: words(
    "The license has no such allotment",
    "The definition in force has no allotment of this name for this product.",
    "Compare the name with the definition; upper and lower case don't count.",
  ),
  NOT_ASSIGNABLE: words(
    "The allotment has no seats to assign",
    "It counts minutes, not people.",
    "Choose an allotment that has seats.",
  ),
  IDEMPOTENCY_KEY_REUSED: words(
    "The idempotency key stands for another report",
    "A report with this `Idempotency-Key` and another body was taken before.",
    "Take a new key for each report; repeat a report with its own key and the same body.",
  ),
  IF_MATCH_REQUIRED: words(
    "If-Match is required",
    "Without it a change could overwrite somebody else's.",
    'Send the version that you read as `If-Match: "<version>"`.',
  ),
  WRONG_ORIGIN: words(
    "The request comes from another site",
    "A page of another site can't act in this console. Behind a proxy the host names may differ.",
    "Open the console under its own address. A proxy must pass `Host` on, or set `X-Forwarded-Host`.",
  ),
  TOO_MANY_REQUESTS: words(
    "Too many requests",
    "There were too many tries in a short time.",
    "Wait as long as `Retry-After` says.",
  ),
  INTERNAL: words(
    "Something went wrong here",
    "This is a fault of the server.",
    "The server's log has the reason under the `requestId` of the answer. Report it with that id.",
  ),
  OVERLOADED: words(
    "Too many requests are waiting",
    "The server couldn't take the request in time. Nothing was changed.",
    "Send the same again after `Retry-After`.",
  ),
  OUTCOME_UNKNOWN: words(
    "The outcome is unknown",
    "The connection to the store was lost after the change was sent: it may or may not have been made.",
    "Send the same again after `Retry-After`, with the same sequence or `Idempotency-Key`: it is counted once.",
  ),
  STORE_UNAVAILABLE: words(
    "The store does not answer",
    "The license store can't be reached or can't write. Nothing was changed.",
    "Send the same again after `Retry-After`. If it lasts, look at the database.",
  ),
};

/** The code that a page is about; null when there is no such code. */
export function problemCodeOf(slug: string): ProblemCode | null {
  const code = Object.keys(REFUSAL_WORDS).find((known) => problemType(known) === `/errors/${slug}`);
  return (code as ProblemCode | undefined) ?? null;
}
