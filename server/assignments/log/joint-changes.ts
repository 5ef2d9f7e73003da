import type { Patch } from "@/domain/assignments/assignment";
import { applyPatches, patchKeys } from "@/domain/assignments/assignments";
import { Refusal } from "@/domain/refusals/refusal";
import { countShared } from "@/server/checkouts/checkout-shares";
import { admit, type Caller } from "@/server/deployments/admission";
import { currentDefinition } from "@/server/licenses/definitions";
import { refuseBehind } from "@/server/restores/restore-marks";
import { dataKeys, findDataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import type { Statement } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { StoreWentBack } from "@/server/store/timeline";
import { type Changed, newInstance } from "./assignment-changes";
import { saveChanges } from "./assignment-saving";
import { changesOf } from "./changed-rows";
import type { Changer, Query } from "./changer";
import { seatsOf } from "./license-seats";
import {
  addDecided,
  countsNow,
  isLookedUpRight,
  type KnownLicense,
  knownLicense,
  type LockedLicense,
  lockedLicense,
  meetsRejection,
  rowsNow,
  versionNow,
} from "./locked-license";
import type { LockedLogHead } from "./log-heads";
import { type CallSeats, loadCalls, type WantedSeats } from "./seat-loading";
import { usersIn } from "./subject-matching";

/** The patches of one sync. */
export type SyncChange = {
  license: string;
  patches: Patch[];
  changer: Pick<Changer, "source" | "actor" | "now" | "base"> & { caller: Caller };
};

/** What became of the patches that were taken; `version` is the log's version before. */
export type Taken = Pick<Changed, "version" | "answers">;

/**
 * The result of a sync: its patches were taken, or refused with an error. `held` means that somebody else had locked the
 * license, `alone` that they need a transaction of their own; then nothing of them was written.
 */
export type JointResult = Taken | Error | "held" | "alone";

/** What a sync wants to read, and what the store has of it. */
type Found = { wanted: WantedSeats; row: CallSeats | undefined };

/**
 * Takes the patches of syncs of any licenses in one transaction, each sync on what those before it left. `lock` says
 * what happens to a license that somebody else has locked.
 */
export function changeTogether(changes: readonly SyncChange[], lock: Statement): Promise<JointResult[]> {
  return store().sql.transaction(async (tx) => {
    const auditKeys = await dataKeys(INSTALLATION, tx);
    const known = await knownLicenses(tx, changes);
    // Sent at once: the seats are read when the locks are held.
    const [held, read] = await Promise.all([hold(tx, known, lock), readSeats(tx, changes, known)]);
    const results: JointResult[] = [];
    for (const change of changes) {
      const [own, found] = [held.get(change.license), read.get(change)];
      results.push(own && found ? await decide(tx, change, own, found).catch(refusalOf) : "held");
    }
    const all = [...held.values()];
    await saveChanges(tx, all, auditKeys);
    for (const own of all) await countShared(tx, own.license, own.counts?.shares ?? null, changesOf(own));
    return results;
  });
}

async function knownLicenses(tx: Query, changes: readonly SyncChange[]) {
  const known = new Map<string, KnownLicense>();
  for (const license of new Set(changes.map((change) => change.license))) {
    const keys = await findDataKeys(license, tx);
    if (keys) known.set(license, knownLicense(license, keys));
  }
  return known;
}

/** Locks the licenses, in order. */
async function hold(tx: Query, known: ReadonlyMap<string, KnownLicense>, lock: Statement) {
  const heads = await tx.query<LockedLogHead & { license: string }>(lock, [[...known.keys()]]);
  const held = new Map<string, LockedLicense>();
  for (const { license, ...logHead } of heads) {
    const own = known.get(license);
    if (own) held.set(license, lockedLicense(own, logHead));
  }
  return held;
}

async function readSeats(
  tx: Query,
  changes: readonly SyncChange[],
  known: ReadonlyMap<string, KnownLicense>,
) {
  const calls = changes.flatMap((change) => {
    const own = known.get(change.license);
    return own
      ? { change, wanted: patchKeys(change.patches, own.spelledIndexOf, undefined, own.hashOf) }
      : [];
  });
  if (calls.length === 0) return new Map<SyncChange, Found>();
  const has_aliases = [...known.values()].some(({ matching }) => matching.has_aliases);
  const wanted = calls.map(({ change: { changer }, wanted: seats }) => ({ ...changer, ...seats }));
  const rows = await loadCalls(tx, wanted, { has_aliases });
  return new Map(calls.map(({ change, wanted: seats }, at) => [change, { wanted: seats, row: rows[at] }]));
}

async function decide(
  tx: Query,
  { license, patches, changer }: SyncChange,
  held: LockedLicense,
  found: Found,
): Promise<Taken | "alone"> {
  const { source, now, base } = changer;
  const row = admit(found.row);
  // Nobody can have a base of this transaction: one above the log as it was locked was given before the store went back.
  await refuseBehind(license, base ?? null, held.logHead);
  if (!isLookedUpRight(held, row)) return "alone";
  const definition = await currentDefinition(license, row.definition_id, tx);
  const users = usersIn(row.aliases, held);
  const counts = countsNow(held, row);
  const touched = rowsNow(held, row, found.wanted, users.aliases);
  const seats = seatsOf({ ...row, ...counts }, versionNow(held), definition, touched, changer);
  const result = applyPatches(seats, patches, { source, now, newInstance, ...users });
  if (meetsRejection(held, result)) return "alone";
  addDecided(held, { result, changer }, counts);
  return { answers: result.answers, version: held.logHead.version };
}

/** A refusal leaves the other syncs as they are; every other error fails the whole transaction. */
function refusalOf(error: unknown): Error {
  if (error instanceof Refusal || error instanceof StoreWentBack) return error;
  throw error;
}
