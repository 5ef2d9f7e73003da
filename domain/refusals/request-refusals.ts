import { type RefusalTable, refusalText } from "./refusal-text";

const READ_AGAIN = "Read it again, compare the two, then repeat your change.";
const SEE_ERRORS =
  "Read `errors` in the response: each entry points to a field and says what is allowed there.";

/** Refusals of any kind of request, and of the server that handles them. */
export const REQUEST_REFUSALS = {
  NOT_FOUND: refusalText(
    "Not found",
    "It doesn't exist, or your role doesn't include it.",
    "Check the address. GET /api/openapi.json lists every path of the API.",
  ),
  METHOD_NOT_ALLOWED: refusalText(
    "Method not allowed",
    "The address exists, but not for this HTTP method.",
    "Use one of the methods in the `Allow` header of the response.",
  ),
  CHANGED_MEANWHILE: refusalText(
    "It was changed in the meantime",
    "Somebody else changed it after you saw it, so nothing was changed.",
    "Check its current state, then try again.",
  ),
  UNDO_OVER: refusalText(
    "It can no longer be undone",
    "A change can be undone for 15 minutes, by the person who made it; a migration for 24 hours.",
    "Reverse the change by hand.",
  ),
  VERSION_MISMATCH: refusalText(
    "It was changed in the meantime",
    "Your copy is outdated: somebody else changed it. The `ETag` header of the response has the current tag.",
    READ_AGAIN,
  ),
  BODY_TOO_LARGE: refusalText(
    "The body is too large",
    "A request can have at most 5 MiB, an import at most 64 MiB.",
    "Split it and send the parts one after the other.",
  ),
  INVALID_ADDRESS: refusalText(
    "The address can't be read",
    "It has an escape that isn't UTF-8, or a NUL character.",
    "Encode each part of the path and the query as UTF-8, for example with encodeURIComponent.",
  ),
  LICENSE_NOT_NAMED: refusalText(
    "The license isn't named",
    "A call of the published license API means one license, and this token sees none or several.",
    "Put `/l/` and the license number before the path, or use a token that is bound to one license.",
  ),
  INVALID_XRFKEY: refusalText(
    "The xrfkey doesn't match",
    "Calls under `/qrs` send 16 letters and digits twice: as `xrfkey` in the query and as the header `X-Qlik-Xrfkey`.",
    "Send the same 16 characters in both places.",
  ),
  INVALID_BODY: refusalText(
    "The body isn't valid",
    "The body isn't JSON in UTF-8, or doesn't match the expected format. Nothing was changed.",
    SEE_ERRORS,
  ),
  INVALID_QUERY: refusalText(
    "The query isn't valid",
    "A query parameter doesn't have the expected format.",
    SEE_ERRORS,
  ),
  INVALID_USER_AGENT: refusalText(
    "The user agent can't be read",
    "The server needs to know which product is calling.",
    "Send `User-Agent: Licenses/1.6.4 (windows) QSEfW`, or the same text as `userAgent` in the body.",
  ),
  INVALID_CURSOR: refusalText(
    "The cursor doesn't belong to this list",
    "A cursor only continues the list that it came from, with the same filter and order.",
    "Start again without a cursor.",
  ),
  IDEMPOTENCY_KEY_REUSED: refusalText(
    "The idempotency key was used for another request",
    "An earlier request had this `Idempotency-Key` and a different content.",
    "Use a new key for each request. To repeat a request, send its own key and the same content.",
  ),
  REQUEST_RUNNING: refusalText(
    "The request is still running",
    "An earlier request with this `Idempotency-Key` isn't finished yet.",
    "Send it again in a few seconds to get its response.",
  ),
  RESPONSE_LOST: refusalText(
    "The response was lost",
    "The first request with this `Idempotency-Key` was carried out, but the server stopped before it stored the response.",
    "Don't send it with another key: look at what it changed.",
  ),
  IF_MATCH_REQUIRED: refusalText(
    "If-Match is required",
    "Without it a change could overwrite somebody else's.",
    'Send the version that you read as `If-Match: "<version>"`.',
  ),
  WRONG_ORIGIN: refusalText(
    "The request comes from another site",
    "A page on another site can't act in this console. Behind a proxy, the host names may differ.",
    "Open the console under its own address. A proxy must pass `Host` on, or set `X-Forwarded-Host`.",
  ),
  TOO_MANY_REQUESTS: refusalText(
    "Too many requests",
    "Too many requests came in a short time.",
    "Wait as long as `Retry-After` says.",
  ),
  INTERNAL: refusalText(
    "Something went wrong",
    "The server met an unexpected error.",
    "The server log has the cause under the `requestId` of the response. Report the problem with that id.",
  ),
  OVERLOADED: refusalText(
    "Too many requests are waiting",
    "The server couldn't take the request in time. Nothing was changed.",
    "Send the same again after `Retry-After`.",
  ),
  OUTCOME_UNKNOWN: refusalText(
    "The outcome is unknown",
    "The connection to the store was lost after the change was sent: it may or may not have been saved.",
    "Send the same again after `Retry-After`, with the same sequence or `Idempotency-Key`: it is counted once.",
  ),
  STORE_UNAVAILABLE: refusalText(
    "The license store isn't responding",
    "The store can't be reached or can't write. Nothing was changed.",
    "Send the same again after `Retry-After`. If this continues, check the database.",
  ),
} satisfies RefusalTable;
