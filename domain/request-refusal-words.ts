import { type RefusalTable, words } from "@/domain/refusal-text";

const READ_AGAIN = "Read it again, look at the difference, then repeat your change.";
const SEE_ERRORS =
  "Read `errors` in the answer: each entry has a pointer to the place and says what is allowed there.";

/** Requests of any kind, and the server that answers them. */
export const REQUEST_REFUSALS = {
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
  CHANGED_MEANWHILE: words(
    "It was changed in the meantime",
    "Somebody else changed it after you saw it, so nothing was changed.",
    "Look at what it is now, then try again.",
  ),
  UNDO_OVER: words(
    "It can no longer be undone",
    "A change can be undone for 15 minutes, by the person who made it; a migration for 24 hours.",
    "Make the opposite change by hand.",
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
} satisfies RefusalTable;
