import { setTimeout } from "node:timers/promises";
import { log } from "@/server/store/log";
import { evaluateAlerts } from "./evaluation";
import { sendAlerts } from "./sending";

const LOOK_MS = 30_000;

/** Evaluates alerts and sends what is due, every 30 seconds. Returns how to stop. */
export function startAlerts(clock: () => Date): () => Promise<void> {
  const ending = new AbortController();
  const looking = look(ending.signal, clock);
  return async () => {
    ending.abort();
    await looking;
  };
}

async function look(signal: AbortSignal, clock: () => Date): Promise<void> {
  while (!signal.aborted) {
    await tried(() => evaluateAlerts(clock()));
    await tried(() => sendAlerts(clock()));
    await setTimeout(LOOK_MS, null, { signal }).catch(() => {});
  }
}

async function tried(work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    log().warn({ reason }, "alerts can't be evaluated at the moment");
  });
}
