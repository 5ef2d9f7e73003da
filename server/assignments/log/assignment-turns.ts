import { Refusal } from "@/domain/refusals/refusal";
import { perProcess } from "@/server/store/per-process";
import { arrival } from "@/server/store/statement-result";

/** How long changes of one license wait for earlier ones, counted from their arrival, in milliseconds. */
const MAX_WAIT_MS = 6000;

const queues = () => perProcess("assignment-queues", () => new Map<string, Promise<unknown>>());

/** Runs work one after the other per license; a failure doesn't block the next, and nobody waits forever. */
export function inTurn<T>(license: string, work: () => Promise<T>): Promise<T> {
  const before = queues().get(license);
  const since = Math.min(arrival(), performance.now());
  const start = () => {
    if (performance.now() - since > MAX_WAIT_MS) throw tooLate();
    return work();
  };
  const mine = before ? before.then(start, start) : work();
  const settled = mine.catch(() => {});
  queues().set(license, settled);
  void settled.then(() => {
    if (queues().get(license) === settled) queues().delete(license);
  });
  return mine;
}

function tooLate(): Refusal {
  const sentence = "Earlier changes took too long. Nothing was changed. Send it again later.";
  return new Refusal("OVERLOADED", sentence, { retryAfter: 5 });
}
