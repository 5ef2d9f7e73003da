import { problemType } from "@/domain/problem-type";
import type { Fault, RefusalCode } from "@/domain/refusal";

/** What an error body tells. A `Refusal` is one; `INTERNAL` stands for a bug of ours. */
export type Problem = {
  code: RefusalCode | "INTERNAL";
  detail: string;
  faults?: Fault[];
  retryAfter?: number;
  /** The tag of what is there now. */
  etag?: string;
};

type Kind = { status: number; title: string };

const RETRY_AFTER_S = 5;

/** The HTTP status and title of every code: the one place that knows. */
const KINDS: Record<Problem["code"], Kind> = {
  INVALID_KEY: { status: 401, title: "The signed license key is not valid" },
  INVALID_TOKEN: { status: 401, title: "The token is not valid" },
  KEY_REVOKED: { status: 403, title: "The key was revoked" },
  LICENSE_REVOKED: { status: 403, title: "The license was revoked" },
  LICENSE_SUSPENDED: { status: 403, title: "The license is suspended" },
  PRODUCT_NOT_LICENSED: { status: 403, title: "The license does not cover this product" },
  DEPLOYMENT_ALIVE: { status: 409, title: "The deployment still calls" },
  TOO_MANY_DEPLOYMENTS: { status: 403, title: "The license has all the deployments it can have" },
  FORBIDDEN: { status: 403, title: "Your role does not include this" },
  LICENSE_NOT_VALID: { status: 403, title: "The license is not valid now" },
  AUTO_ASSIGN_OFF: { status: 403, title: "Automatic assignment is off" },
  NO_AVAILABLE_UNITS: { status: 403, title: "Every seat is taken" },
  NOT_FOUND: { status: 404, title: "Nothing is here" },
  UNKNOWN_LICENSE: { status: 404, title: "There is no such license" },
  NAME_TAKEN: { status: 409, title: "The name is taken" },
  NUMBER_TAKEN: { status: 409, title: "The license number is taken" },
  KEY_WITHDRAWN: { status: 409, title: "The signing key was withdrawn" },
  SIGNING_KEY_ACTIVE: { status: 409, title: "The signing key signs at the moment" },
  SUBJECT_MATCHING_IN_USE: { status: 409, title: "Subjects are assigned" },
  NOTHING_TO_CORRECT: { status: 409, title: "There is nothing to correct" },
  USAGE_CLASS_FIXED: { status: 409, title: "The usage class of an allotment is fixed" },
  ALREADY_REVOKED: { status: 409, title: "It was revoked already" },
  CHANGED_MEANWHILE: { status: 409, title: "It was changed again in the meantime" },
  UNDO_OVER: { status: 409, title: "It can not be undone any more" },
  OWNER_EXISTS: { status: 409, title: "There is an owner already" },
  LAST_OWNER: { status: 409, title: "It is the last owner" },
  EMAIL_TAKEN: { status: 409, title: "The e-mail address is taken" },
  LINK_OVER: { status: 409, title: "The link is over" },
  WRONG_PASSWORD: { status: 403, title: "The password is wrong" },
  WEAK_PASSWORD: { status: 422, title: "The password is easy to guess" },
  WRONG_CODE: { status: 403, title: "The code does not match" },
  SECOND_FACTOR_SET: { status: 409, title: "The second factor is on already" },
  VERSION_MISMATCH: { status: 412, title: "It was changed in the meantime" },
  BODY_TOO_LARGE: { status: 413, title: "The body is too large" },
  INVALID_BODY: { status: 422, title: "The body can not be used" },
  INVALID_QUERY: { status: 422, title: "The address can not be used" },
  INVALID_USER_AGENT: { status: 422, title: "The user agent can not be read" },
  INVALID_CURSOR: { status: 422, title: "The cursor does not belong to this list" },
  INVALID_INSTANCE: { status: 422, title: "The instance can't be read" },
  INVALID_ITEM: { status: 422, title: "A value can't be read" },
  INVALID_SUBJECT: { status: 422, title: "The subject can not be used" },
  INVALID_TIMESTAMP: { status: 422, title: "The time can not be read" },
  UNKNOWN_ALLOTMENT: { status: 422, title: "The license has no such allotment" },
  NOT_ASSIGNABLE: { status: 422, title: "The allotment has no seats to assign" },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: "The idempotency key stands for another report" },
  IF_MATCH_REQUIRED: { status: 428, title: "If-Match is required" },
  TOO_MANY_REQUESTS: { status: 429, title: "Too many requests" },
  INTERNAL: { status: 500, title: "Something went wrong here" },
  OVERLOADED: { status: 503, title: "Too much work waits" },
  OUTCOME_UNKNOWN: { status: 503, title: "The outcome is unknown" },
  STORE_UNAVAILABLE: { status: 503, title: "The store does not answer" },
};

/** The one error body (RFC 9457, with the members of the published API beside it). */
export function problemResponse(problem: Problem, requestId: string): Response {
  const { code, detail, faults = [] } = problem;
  const { status, title } = KINDS[code];
  const body = {
    type: problemType(code),
    title,
    status,
    code,
    detail,
    errors: faults.length > 0 ? faults : [{ code, title, detail }],
    error: title,
    message: detail,
    requestId,
  };
  return new Response(JSON.stringify(body), { status, headers: headersFor(status, problem) });
}

function headersFor(
  status: number,
  { retryAfter = RETRY_AFTER_S, etag }: Pick<Problem, "retryAfter" | "etag">,
): Record<string, string> {
  return {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    ...(etag === undefined ? {} : { ETag: `"${etag}"` }),
    ...(status === 401 ? { "WWW-Authenticate": "Bearer" } : {}),
    ...(status === 429 || status === 503 ? { "Retry-After": String(Math.ceil(retryAfter)) } : {}),
  };
}
