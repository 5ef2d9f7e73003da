import type { Assignment, Patch, PatchResults } from "@/domain/assignments/assignment";
import { applyPatches, patchKeys } from "@/domain/assignments/assignments";
import { seatKey } from "@/domain/assignments/patch-state";
import { Refusal } from "@/domain/refusals/refusal";
import { countShared } from "@/server/checkouts/checkout-shares";
import { admit, type Caller } from "@/server/deployments/admission";
import { currentDefinition } from "@/server/licenses/definitions";
import { refuseBehind } from "@/server/restores/restore-marks";
import { dataKeys, findDataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import type { Statement } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { StoreWentBack } from "@/server/store/timeline";
import {
  type CallSeats,
  type Changed,
  indexesBy,
  loadCalls,
  type Matching,
  matchingOf,
  matchings,
  newInstance,
  openTouched,
  reservedOf,
  seatsOf,
  USUAL,
} from "./assignment-changes";
import { type Decided, saveChanges, seatsMoved } from "./assignment-saving";
import type { LockedLogHead } from "./assignment-statements";
import type { Changer, Query } from "./changer";

/** The patches of one sync. */
export type SyncChange = {
  license: string;
  patches: Patch[];
  changer: Pick<Changer, "source" | "actor" | "now" | "base"> & { caller: Caller };
};

/**
 * What became of the patches of a sync: taken, or refused with an error. `held` means that somebody else had locked the
 * license, `alone` that they need a transaction of their own; then nothing of them was written.
 */
export type JointResult = Changed | Error | "held" | "alone";

/** A license that is locked, and how it stands after the syncs that were decided. */
type Held = Decided & {
  matching: Matching;
  indexOf: (subject: string) => string;
  /** The rows that were changed, as they are now. */
  rows: Map<string, Assignment>;
  shares: CallSeats["shares"];
};

/**
 * Takes the patches of syncs of any licenses in one transaction, each sync on what those before it left. `lock` says
 * what happens to a license that somebody else has locked.
 */
export function changeTogether(changes: readonly SyncChange[], lock: Statement): Promise<JointResult[]> {
  return store().sql.transaction(async (tx) => {
    const auditKeys = await dataKeys(INSTALLATION, tx);
    const held = await hold(tx, changes, lock);
    const rows = await loadRows(tx, changes, held);
    const results: JointResult[] = [];
    for (const change of changes) {
      const [own, row] = [held.get(change.license), rows.get(change)];
      results.push(own ? await decide(tx, change, own, row).catch(refusalOf) : "held");
    }
    await saveChanges(tx, [...held.values()], auditKeys);
    for (const { license, shares, parts } of held.values())
      for (const { result } of parts) await countShared(tx, license, shares, result.changes);
    return results;
  });
}

async function hold(tx: Query, changes: readonly SyncChange[], lock: Statement): Promise<Map<string, Held>> {
  const licenses = [...new Set(changes.map(({ license }) => license))];
  const heads = await tx.query<LockedLogHead & { license: string }>(lock, [licenses]);
  const held = new Map<string, Held>();
  for (const logHead of heads) {
    const { license } = logHead;
    const keys = await findDataKeys(license, tx);
    if (!keys) continue;
    const matching = matchings().get(license) ?? USUAL;
    const indexOf = indexesBy(keys, matching.subject_matching);
    held.set(license, {
      license,
      keys,
      logHead,
      matching,
      indexOf,
      parts: [],
      rows: new Map(),
      shares: null,
    });
  }
  return held;
}

async function loadRows(tx: Query, changes: readonly SyncChange[], held: ReadonlyMap<string, Held>) {
  const calls = changes.flatMap((change) => {
    const own = held.get(change.license);
    if (!own) return [];
    const { caller, now } = change.changer;
    return { change, caller, now, ...patchKeys(change.patches, own.indexOf) };
  });
  const rows = calls.length > 0 ? await loadCalls(tx, calls) : [];
  return new Map(calls.map(({ change }, at) => [change, rows[at]]));
}

async function decide(
  tx: Query,
  { license, patches, changer }: SyncChange,
  held: Held,
  found: CallSeats | undefined,
): Promise<Changed | "alone"> {
  const { keys, logHead, indexOf, parts } = held;
  const { source, now, base } = changer;
  const row = admit(found);
  const version = parts.at(-1)?.result.version ?? logHead.version;
  await refuseBehind(license, base ?? null, { version, epoch: logHead.epoch });
  if (!canShare(held, row)) return "alone";
  const definition = await currentDefinition(license, row.definition_id, tx);
  const live = liveNow(row, held);
  const seats = seatsOf(
    { ...row, live },
    version,
    definition,
    rowsNow(openTouched(row, keys), held),
    changer,
  );
  const result = applyPatches(seats, patches, { source, now, indexOf, newInstance });
  if (meetsRejection(result, held)) return "alone";
  parts.push({ result, changer });
  for (const { row: changed } of result.changes) held.rows.set(changed.instance, changed);
  held.shares = row.shares;
  const { answers, changes } = result;
  return { answers, changes, version, live, reserved: reservedOf(row, now), license: row };
}

/**
 * How a license compares subjects is known for certain only once its rows are read. One with hashes or aliases takes a
 * transaction of its own. A license with shares takes one sync at a time, because the seats of each share are counted when they are saved.
 */
function canShare({ license, matching, shares, parts }: Held, row: CallSeats): boolean {
  const { subject_matching, offline_hashes, has_aliases } = row;
  matchings().set(license, matchingOf(row));
  if (shares && parts.length > 0) return false;
  return subject_matching === matching.subject_matching && !offline_hashes && !has_aliases;
}

function liveNow({ live }: CallSeats, { parts }: Held): Record<string, number> {
  const now = { ...live };
  const moved = seatsMoved(parts.flatMap(({ result }) => result.changes));
  for (const [key, seats] of moved) now[key] = (now[key] ?? 0) + seats;
  return now;
}

function rowsNow(loaded: readonly Assignment[], { rows }: Held): Assignment[] {
  return [...loaded.filter(({ instance }) => !rows.has(instance)), ...rows.values()];
}

/** One statement can't save a rejection and a seat of the same subject: which of them came last would be lost. */
function meetsRejection({ changes, rejected }: PatchResults, { parts }: Held): boolean {
  const earlier = parts.map(({ result }) => result);
  const refused = [...earlier.flatMap((result) => result.rejected), ...rejected];
  if (refused.length === 0) return false;
  const seats = new Set(
    [...earlier.flatMap((result) => result.changes), ...changes].map(({ row }) => seatKey(row)),
  );
  return parts.length > 0 && refused.some((seat) => seats.has(seatKey(seat)));
}

/** A refusal leaves the other syncs as they are; every other error fails the whole transaction. */
function refusalOf(error: unknown): Error {
  if (error instanceof Refusal || error instanceof StoreWentBack) return error;
  throw error;
}
