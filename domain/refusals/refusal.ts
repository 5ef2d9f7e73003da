/** Every deliberate refusal of Signet. contract/problem.ts gives each its HTTP status, all-refusals.ts its text. */
export type RefusalCode =
  | "INVALID_KEY"
  | "INVALID_TOKEN"
  | "KEY_REVOKED"
  | "LICENSE_REVOKED"
  | "LICENSE_SUSPENDED"
  | "PRODUCT_NOT_LICENSED"
  | "DUAL_USE_REQUIRED"
  | "DUAL_USE_REJECTED"
  | "DUAL_USE_WITHDRAWN"
  | "OFFER_ENDED"
  | "OFFER_FULL"
  | "TOO_MANY_DEPLOYMENTS"
  | "DEPLOYMENT_ALIVE"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "METHOD_NOT_ALLOWED"
  | "WRONG_ORIGIN"
  | "INVALID_ADDRESS"
  | "LICENSE_NOT_NAMED"
  | "INVALID_XRFKEY"
  | "NAME_TAKEN"
  | "NUMBER_TAKEN"
  | "KEY_WITHDRAWN"
  | "SIGNING_KEY_ACTIVE"
  | "SUBJECT_MATCHING_IN_USE"
  | "USAGE_CLASS_FIXED"
  | "NOTHING_TO_CORRECT"
  | "TOO_MANY_CHECKOUTS"
  | "CHECKOUT_OVER"
  | "INVALID_LOG"
  | "WRONG_LICENSE"
  | "UNKNOWN_CHECKOUT"
  | "SOURCE_IS_ONLINE"
  | "UPLOAD_RUNNING"
  | "LOG_GAP"
  | "LOG_DIVERGED"
  | "LOG_CLOSED"
  | "ALREADY_LINKED"
  | "SAME_SUBJECT"
  | "ALIAS_CHAIN"
  | "TOO_MANY_ALIASES"
  | "ALREADY_REVOKED"
  | "INVALID_LEF"
  | "LEF_CHECK_FAILED"
  | "LEF_REFUSED"
  | "MIGRATED"
  | "NO_CONTROL"
  | "OWNER_EXISTS"
  | "LAST_OWNER"
  | "EMAIL_TAKEN"
  | "LINK_OVER"
  | "WRONG_PASSWORD"
  | "WEAK_PASSWORD"
  | "WRONG_CODE"
  | "SECOND_FACTOR_SET"
  | "VERSION_MISMATCH"
  | "TOO_MANY_WEBHOOKS"
  | "NOTHING_TO_SEND"
  | "CHANGED_MEANWHILE"
  | "UNDO_OVER"
  | "IF_MATCH_REQUIRED"
  | "BODY_TOO_LARGE"
  | "INVALID_BODY"
  | "INVALID_QUERY"
  | "INVALID_USER_AGENT"
  | "INVALID_CURSOR"
  | "IDEMPOTENCY_KEY_REUSED"
  | "REQUEST_RUNNING"
  | "RESPONSE_LOST"
  | "TOO_MANY_REQUESTS"
  | "OVERLOADED"
  | "STORE_UNAVAILABLE"
  | "OUTCOME_UNKNOWN"
  | RejectionCode;

/** Why an assignment patch was rejected, in the order in which the rules are checked. */
export type RejectionCode =
  | "UNKNOWN_LICENSE"
  | "INVALID_INSTANCE"
  | "INVALID_SUBJECT"
  | "INVALID_TIMESTAMP"
  | "INVALID_ITEM"
  | "UNKNOWN_ALLOTMENT"
  | "NOT_ASSIGNABLE"
  | "LICENSE_NOT_VALID"
  | "AUTO_ASSIGN_OFF"
  | "USER_INACTIVE"
  | "NO_AVAILABLE_UNITS";

/** Why one element of a consumption report wasn't booked. */
export type ReportErrorCode =
  | "UNKNOWN_ALLOTMENT"
  | "NOT_METERED"
  | "INVALID_MONTH"
  | "MONTH_IN_FUTURE"
  | "INVALID_CONSUMPTION"
  | "INVALID_SEQUENCE"
  | "INVALID_ALLOTMENT";

/** One invalid field in a body; `pointer` is a JSON Pointer (RFC 6901). */
export type FieldError = { code: string; title: string; detail?: string; pointer?: string };

/** `conflict` marks a refusal that is caused by the current state of others, for a code that otherwise means forbidden. */
type Extra = { faults?: FieldError[]; retryAfter?: number; etag?: string; conflict?: boolean };

/**
 * The only refusal that is thrown. `detail` is a sentence for a person: what happened and what to do. `retryAfter` is
 * in seconds, `etag` is the tag of the current state.
 */
export class Refusal extends Error {
  readonly faults: FieldError[];
  readonly retryAfter: number | undefined;
  readonly etag: string | undefined;
  readonly conflict: boolean;

  constructor(
    readonly code: RefusalCode,
    readonly detail: string,
    { faults = [], retryAfter, etag, conflict = false }: Extra = {},
  ) {
    super(`${code}: ${detail}`);
    this.name = "Refusal";
    this.faults = faults;
    this.retryAfter = retryAfter;
    this.etag = etag;
    this.conflict = conflict;
  }
}

export function nothingHere(): Refusal {
  return new Refusal("NOT_FOUND", "Not found: it doesn't exist, or your role doesn't include it.");
}
