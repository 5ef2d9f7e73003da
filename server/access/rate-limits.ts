import type { RateLimit, RateLimitUse } from "@/domain/rate-limit";
import { env } from "@/server/store/env";
import { log } from "@/server/store/log";
import { perProcess } from "@/server/store/per-process";
import { store } from "@/server/store/store";
import { type RequestCounter, requestCounter } from "./request-counter";

const EXCHANGE_MS = 1000;
const SETTINGS = {
  reads: "RATE_LIMIT_READS",
  writes: "RATE_LIMIT_WRITES",
  calls: "RATE_LIMIT_CALLS",
} as const satisfies Record<RateLimit["name"], string>;

const counter = () => perProcess("request-counter", requestCounter);

/** Counts a request of a credential, by the id of a token or the jti of a license key; null without such a limit. */
export function countRequest(name: RateLimit["name"], id: string, at: Date): RateLimitUse | null {
  const most = env()[SETTINGS[name]];
  return most === 0 ? null : counter().count({ name, most }, id, at);
}

/**
 * Exchanges counts with other servers about once a second; returns a function that ends it. An embedded store has one
 * server only.
 */
export function startCountExchange(clock: () => Date): () => void {
  if (store().kind === "embedded") return () => {};
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    void exchanged(counter(), clock()).finally(() => {
      isRunning = false;
    });
  }, EXCHANGE_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** While the store is away each server counts on its own. */
async function exchanged(counter: RequestCounter, now: Date): Promise<void> {
  try {
    await counter.exchange(now);
  } catch (error) {
    log().debug({ err: error }, "counts of requests weren't exchanged");
  }
}
