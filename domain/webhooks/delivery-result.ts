import type { DeliveryState, DisabledReason } from "./webhook";
import { FAILING_NOTICE_MS, GIVE_UP_MS, restAfter, retryDelay } from "./webhook-retries";

/** Why an attempt got no response. */
export const ATTEMPT_FAILURES = [
  "TIMED_OUT",
  "HOST_NOT_FOUND",
  "ADDRESS_NOT_ALLOWED",
  "CONNECTION_FAILED",
  "TLS_FAILED",
  "EVENT_EXPIRED",
] as const;
export type AttemptFailure = (typeof ATTEMPT_FAILURES)[number];

/** A stored reason; one of a later release counts as a failed connection. */
export function attemptFailureOf(text: string | null): AttemptFailure {
  return ATTEMPT_FAILURES.find((failure) => failure === text) ?? "CONNECTION_FAILED";
}

/** The status of a response, or why there was none. */
export type AttemptResult = { status: number } | { failure: AttemptFailure };

/** A delivery between attempts. `tries` counts since it was last sent on purpose; `until` is when it is given up. */
export type DeliveryProgress = { state: DeliveryState; tries: number; until: Date | null; due: Date | null };

/** What an endpoint's attempts in a row say about it. */
export type EndpointHealth = {
  failures: number;
  failingSince: Date | null;
  /** When `webhook.failing` was told of this series of failures. */
  told: Date | null;
  /** No attempt before this moment. */
  rest: Date | null;
};

export const HEALTHY: EndpointHealth = { failures: 0, failingSince: null, told: null, rest: null };

const GONE = 410;

export function isSuccess(result: AttemptResult): boolean {
  return "status" in result && result.status >= 200 && result.status < 300;
}

/** A delivery after an attempt: delivered, given up, or due again. */
export function progressAfter(
  { tries, until }: Pick<DeliveryProgress, "tries" | "until">,
  result: AttemptResult,
  now: Date,
  chance: number,
): DeliveryProgress {
  const made = tries + 1;
  if (isSuccess(result)) return { state: "delivered", tries: made, until: null, due: null };
  const end = until ?? new Date(now.getTime() + GIVE_UP_MS);
  const isFinal = isGone(result) || ("failure" in result && result.failure === "EVENT_EXPIRED") || now >= end;
  if (isFinal) return { state: "failed", tries: made, until: end, due: null };
  const next = now.getTime() + retryDelay(made, chance);
  return { state: "waiting", tries: made, until: end, due: new Date(Math.min(next, end.getTime())) };
}

/** An endpoint after an attempt; `disabled` if that was enough, `tells` if `webhook.failing` is to be written. */
export function healthAfter(
  health: EndpointHealth,
  result: AttemptResult,
  now: Date,
  chance: number,
): EndpointHealth & { disabled: DisabledReason | null; tells: boolean } {
  if (isSuccess(result)) return { ...HEALTHY, disabled: null, tells: false };
  if ("failure" in result && result.failure === "EVENT_EXPIRED")
    return { ...health, disabled: null, tells: false };
  const failures = health.failures + 1;
  const failingSince = health.failingSince ?? now;
  const since = now.getTime() - failingSince.getTime();
  const disabled = isGone(result) ? "gone" : since >= GIVE_UP_MS ? "failing" : null;
  const tells = disabled !== null || (health.told === null && since >= FAILING_NOTICE_MS);
  const pause = restAfter(failures, chance);
  return {
    ...{ failures, failingSince, disabled, tells },
    told: tells ? now : health.told,
    rest: pause > 0 ? new Date(now.getTime() + pause) : null,
  };
}

function isGone(result: AttemptResult): boolean {
  return "status" in result && result.status === GONE;
}
