import { ALL_REFUSALS } from "@/domain/refusals/all-refusals";
import { problemType } from "@/domain/refusals/problem-type";
import type { FieldError } from "@/domain/refusals/refusal";
import type { ProblemCode } from "@/domain/refusals/refusal-text";

/** The content of an error body. A `Refusal` is one; `INTERNAL` stands for a bug of the server. */
export type Problem = {
  code: ProblemCode;
  detail: string;
  faults?: FieldError[];
  retryAfter?: number;
  /** The tag of the current state. */
  etag?: string;
  /** Whether the current state of others is in the way. */
  conflict?: boolean;
  /** The methods that are allowed instead. */
  allow?: string[];
  /** Whether a page of another build sent the request; Next's own header tells its scripts. */
  isOtherBuild?: boolean;
};

const RETRY_AFTER_S = 5;
const CONFLICT = 409;

/** The HTTP status of every code: the one place that has them. */
const STATUSES: Record<ProblemCode, number> = {
  INVALID_KEY: 401,
  INVALID_TOKEN: 401,
  KEY_REVOKED: 403,
  LICENSE_REVOKED: 403,
  LICENSE_SUSPENDED: 403,
  PRODUCT_NOT_LICENSED: 403,
  DUAL_USE_REQUIRED: 403,
  DUAL_USE_REJECTED: 403,
  DUAL_USE_WITHDRAWN: 403,
  OFFER_ENDED: 409,
  OFFER_FULL: 409,
  DEPLOYMENT_ALIVE: 409,
  TOO_MANY_DEPLOYMENTS: 403,
  FORBIDDEN: 403,
  LICENSE_NOT_VALID: 403,
  AUTO_ASSIGN_OFF: 403,
  USER_INACTIVE: 403,
  NO_AVAILABLE_UNITS: 403,
  NOT_FOUND: 404,
  UNKNOWN_LICENSE: 404,
  NAME_TAKEN: 409,
  NUMBER_TAKEN: 409,
  KEY_WITHDRAWN: 409,
  SIGNING_KEY_ACTIVE: 409,
  SUBJECT_MATCHING_IN_USE: 409,
  NOTHING_TO_CORRECT: 409,
  TOO_MANY_CHECKOUTS: 403,
  CHECKOUT_OVER: 409,
  INVALID_LOG: 422,
  WRONG_LICENSE: 422,
  UNKNOWN_CHECKOUT: 422,
  SOURCE_IS_ONLINE: 409,
  UPLOAD_RUNNING: 409,
  LOG_GAP: 409,
  LOG_DIVERGED: 409,
  LOG_CLOSED: 409,
  ALREADY_LINKED: 409,
  SAME_SUBJECT: 422,
  ALIAS_CHAIN: 409,
  TOO_MANY_ALIASES: 409,
  USAGE_CLASS_FIXED: 409,
  ALREADY_REVOKED: 409,
  TOO_MANY_WEBHOOKS: 403,
  NOTHING_TO_SEND: 409,
  CHANGED_MEANWHILE: 409,
  UNDO_OVER: 409,
  INVALID_LEF: 422,
  LEF_CHECK_FAILED: 422,
  LEF_REFUSED: 401,
  MIGRATED: 403,
  NO_CONTROL: 409,
  OWNER_EXISTS: 409,
  LAST_OWNER: 409,
  EMAIL_TAKEN: 409,
  LINK_OVER: 409,
  WRONG_PASSWORD: 403,
  WEAK_PASSWORD: 422,
  WRONG_CODE: 403,
  SECOND_FACTOR_SET: 409,
  VERSION_MISMATCH: 412,
  BODY_TOO_LARGE: 413,
  INVALID_ADDRESS: 400,
  LICENSE_NOT_NAMED: 400,
  INVALID_XRFKEY: 400,
  WRONG_ORIGIN: 403,
  METHOD_NOT_ALLOWED: 405,
  INVALID_BODY: 422,
  INVALID_QUERY: 422,
  INVALID_USER_AGENT: 422,
  INVALID_CURSOR: 422,
  INVALID_INSTANCE: 422,
  INVALID_ITEM: 422,
  INVALID_SUBJECT: 422,
  INVALID_TIMESTAMP: 422,
  UNKNOWN_ALLOTMENT: 422,
  NOT_ASSIGNABLE: 422,
  IDEMPOTENCY_KEY_REUSED: 422,
  REQUEST_RUNNING: 409,
  RESPONSE_LOST: 409,
  IF_MATCH_REQUIRED: 428,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  OVERLOADED: 503,
  OUTCOME_UNKNOWN: 503,
  STORE_UNAVAILABLE: 503,
};

export function statusOf(code: ProblemCode): number {
  return STATUSES[code];
}

/** The one error body (RFC 9457, with the additional members of the published API). */
export function problemBody(problem: Problem, requestId: string) {
  const { code, detail, faults = [] } = problem;
  const { title } = ALL_REFUSALS[code];
  return {
    type: problemType(code),
    title,
    status: problem.conflict ? CONFLICT : STATUSES[code],
    code,
    detail,
    errors: faults.length > 0 ? faults : [{ code, title, detail }],
    error: title,
    message: detail,
    requestId,
  };
}

export function problemResponse(problem: Problem, requestId: string): Response {
  const body = problemBody(problem, requestId);
  const { status } = body;
  return new Response(JSON.stringify(body), { status, headers: headersFor(status, problem) });
}

function headersFor(
  status: number,
  { retryAfter = RETRY_AFTER_S, etag, allow, isOtherBuild }: Problem,
): Record<string, string> {
  return {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    ...(etag === undefined ? {} : { ETag: `"${etag}"` }),
    ...(allow === undefined ? {} : { Allow: allow.join(", ") }),
    ...(isOtherBuild ? { "x-nextjs-action-not-found": "1" } : {}),
    ...(status === 401 ? { "WWW-Authenticate": "Bearer" } : {}),
    ...(status === 429 || status === 503 ? { "Retry-After": String(Math.ceil(retryAfter)) } : {}),
  };
}
