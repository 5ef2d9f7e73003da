import { setTimeout } from "node:timers/promises";
import type { Env } from "@/server/store/env";
import { log } from "@/server/store/log";
import { evaluateAlerts } from "./evaluation";
import { sendAlerts } from "./sending";

/** Evaluates alerts and sends what is due, again and again. Returns how to stop. */
export function startAlerts(
  clock: () => Date,
  { ALERT_SECONDS }: Pick<Env, "ALERT_SECONDS">,
): () => Promise<void> {
  const ending = new AbortController();
  const looking = look(ending.signal, clock, ALERT_SECONDS * 1000);
  return async () => {
    ending.abort();
    await looking;
  };
}

async function look(signal: AbortSignal, clock: () => Date, pauseMs: number): Promise<void> {
  while (!signal.aborted) {
    await tried(() => evaluateAlerts(clock()));
    await tried(() => sendAlerts(clock()));
    await setTimeout(pauseMs, null, { signal }).catch(() => {});
  }
}

async function tried(work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    log().warn({ reason }, "alerts can't be evaluated at the moment");
  });
}
