/** How many requests a credential may send in each window of five minutes. */
export type RateLimit = { name: "reads" | "writes" | "calls"; most: number };

/** How much of a limit is used in the current window: the request that is counted is included. */
export type RateLimitUse = { limit: RateLimit; used: number; at: Date };

/** The length of a window, in seconds. All servers have the same windows: they begin at multiples of it. */
const WINDOW_SECONDS = 300;

const WINDOW_MS = WINDOW_SECONDS * 1000;

/** When the window of a moment began, in milliseconds since 1970. */
export function windowStart(at: Date): number {
  return Math.floor(at.getTime() / WINDOW_MS) * WINDOW_MS;
}

/** Seconds until the next window, rounded up: at least 1. */
export function secondsLeft(at: Date): number {
  return Math.ceil((WINDOW_MS - (at.getTime() % WINDOW_MS)) / 1000);
}

export function isOver({ limit, used }: RateLimitUse): boolean {
  return used > limit.most;
}

/**
 * The values of `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-11), structured fields: the
 * limit and its window, then what is left of it and for how many seconds.
 */
export function rateLimitFields({ limit: { name, most }, used, at }: RateLimitUse): {
  policy: string;
  state: string;
} {
  return {
    policy: `"${name}";q=${most};w=${WINDOW_SECONDS}`,
    state: `"${name}";r=${Math.max(0, most - used)};t=${secondsLeft(at)}`,
  };
}
