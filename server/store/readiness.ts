import { isDiskFullNow } from "./statement-result";

/** Checks whether one connection to the store responds and accepts writes. */
export type Proof = () => Promise<boolean>;

/** How long a result is reused, and the timeout of a check, in milliseconds. */
type Bounds = { freshMs: number; waitMs: number };

/** Not a standby, not set to read only, and no commit that waits for a standby which is gone. */
export const TAKES_WRITES = {
  name: "takes_writes",
  text: `SELECT NOT (pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean OR EXISTS (
    SELECT FROM pg_stat_activity
    WHERE wait_event = 'SyncRep' AND query_start < clock_timestamp() - interval '3 seconds')) AS writable`,
};

/** Whether all proofs hold. Every load balancer asks every few seconds, so simultaneous callers share one round of proofs. */
export function readiness(proofs: Proof[], { freshMs, waitMs }: Bounds): () => Promise<boolean> {
  let last = { at: Number.NEGATIVE_INFINITY, isReady: false };
  let round: Promise<boolean> | null = null;
  const prove = async () => {
    const held = await Promise.all(proofs.map((proof) => proof().catch(() => false)));
    last = { at: performance.now(), isReady: held.every(Boolean) };
    round = null;
    return last.isReady;
  };
  return async () => {
    if (isDiskFullNow()) return false;
    if (performance.now() - last.at < freshMs) return last.isReady;
    round ??= prove();
    return within(waitMs, round);
  };
}

function within(ms: number, proof: Promise<boolean>): Promise<boolean> {
  return new Promise((done) => {
    const late = setTimeout(() => done(false), ms);
    void proof.then((isReady) => {
      clearTimeout(late);
      done(isReady);
    });
  });
}
