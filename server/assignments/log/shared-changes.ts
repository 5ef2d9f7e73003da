import { LRUCache } from "lru-cache";
import { perProcess } from "@/server/store/per-process";
import { sharedStatement } from "@/server/store/shared-statement";
import { noteChange } from "@/server/store/statement-result";
import { changeAssignments } from "./assignment-changes";
import { inTurn } from "./assignment-turns";
import { changeTogether, type JointResult, type SyncChange, type Taken } from "./joint-changes";
import { LOCK_FREE_LOG_HEADS, LOCK_LOG_HEADS } from "./log-heads";

/** A sync with more patches has a transaction of its own, so that others don't wait for it. */
const MOST_SHARED = 50;
const MAX_PATCHES = 500;
const MAX_WAITING = 20_000;
const MAX_WAIT_MS = 6000;
const MAX_LANES = 1000;

type Share = ReturnType<typeof sharing>;

const share = () =>
  perProcess("sync-changes", () => sharing((changes) => changeTogether(changes, LOCK_FREE_LOG_HEADS)));
const lanes = () => perProcess("sync-lanes", () => new LRUCache<string, Share>({ max: MAX_LANES }));

/**
 * Applies the patches of a sync. Simultaneous syncs of any licenses share one transaction. A license that somebody else
 * has locked is left out of it, so that it delays nobody: its syncs wait for the lock, and share the next transaction.
 */
export async function changeShared(change: SyncChange): Promise<Taken> {
  const { license, patches, changer } = change;
  const first = patches.length <= MOST_SHARED ? await share()(change) : "alone";
  const result = first === "held" ? await laneOf(license)(change) : first;
  if (result instanceof Error) throw result;
  if (typeof result === "string") return changeAssignments(license, patches, changer);
  noteChange(); // Another request may have run the transaction for this one.
  return result;
}

/** The syncs of one license that wait for its lock. */
function laneOf(license: string): Share {
  const known = lanes().get(license);
  if (known) return known;
  const lane = sharing((changes) => inTurn(license, () => changeTogether(changes, LOCK_LOG_HEADS)));
  lanes().set(license, lane);
  return lane;
}

/** Two syncs of one source can be about the same seat: they never share, and the second waits for the first. */
function sharing(run: (changes: SyncChange[]) => Promise<JointResult[]>) {
  let count = 0;
  return sharedStatement<SyncChange, JointResult>({
    what: "changes",
    run,
    weight: ({ patches }) => patches.length,
    lane: ({ license, changer: { source } }) => `${license} ${source}`,
    facts: () => String(count++),
    maxElements: MAX_PATCHES,
    maxWaiting: MAX_WAITING,
    maxWaitMs: MAX_WAIT_MS,
    atOnce: 1,
    gathers: true,
  });
}
