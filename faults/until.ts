import { setTimeout as delay } from "node:timers/promises";

/** Whether a condition became true in time. */
export async function until(isTrue: () => Promise<boolean>, ms = 30_000): Promise<boolean> {
  const patience = Date.now() + ms;
  while (Date.now() < patience) {
    if (await isTrue()) return true;
    await delay(200);
  }
  return false;
}
