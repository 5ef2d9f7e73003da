import { randomBytes } from "node:crypto";
import { LEASE_HOURS } from "@/domain/leases/bounded-definition";
import { SYSTEM } from "@/server/access/actor";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { beginEventEpoch } from "@/server/events/positions";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { timeLeft } from "@/server/store/deadline";
import { lockInstallation } from "@/server/store/locks";
import { forgetDataKeys, perProcess } from "@/server/store/per-process";
import { folderFingerprint } from "@/server/store/seen-position";
import { UNHURRIED, withEffects } from "@/server/store/statement-result";
import { store, type Tx } from "@/server/store/store";
import { type Proof, StoreWentBack, TIMELINE } from "@/server/store/timeline";

/** The identity of the store, as recorded in the row of the installation. */
export type Identity = { fingerprint: string; timeline: string };

/** The cause of a restore mark, for the audit. */
type Because = "command" | "store" | "deployment";

/** All log heads are written in this time (ms), however many there are; a caller in the meantime waits less. */
const MARKING = { timeout: 60_000, maxWait: 10_000 };
const PATIENCE_MS = 8000;
/** Log heads per statement: each statement has to end in time. */
const BATCH = 20_000;
const LONGEST_LEASE_HOURS = LEASE_HOURS.max;

const IDENTITY = {
  embedded: `SELECT '' AS fingerprint, ${TIMELINE} AS timeline`,
  // The timeline is part of the fingerprint as a decimal number, because the previous release compares it so.
  postgresql: `SELECT concat_ws('/', s.system_identifier, ('x' || t.timeline)::bit(32)::int, d.oid) AS fingerprint, t.timeline
    FROM pg_control_system() s, pg_database d, (SELECT ${TIMELINE} AS timeline) t WHERE d.datname = current_database()`,
};

/** Marks the store as restored, on an operator's command. */
export async function beginEpoch(now: Date): Promise<void> {
  await store().db.$transaction((tx) => moveEpoch(tx, now, "command"), MARKING);
}

export function newEpoch(): string {
  return randomBytes(6).toString("hex");
}

/**
 * Runs the work; if it throws that the store went back in time, marks the store as restored and runs it again.
 * Nothing was written by then, so the second run is the first that counts.
 */
export async function throughRestores<T>(now: Date, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreWentBack)) throw error;
    await inTime(markOnce(error.proof, now), error);
    return work();
  }
}

/**
 * The identity that changes if a store comes back from a backup: the database's identity and timeline, or the
 * folder's inode.
 */
export async function storeIdentity(tx: Pick<Tx, "$queryRawUnsafe"> = store().db): Promise<Identity> {
  const { kind, place } = store();
  const [row] = await tx.$queryRawUnsafe<Identity[]>(IDENTITY[kind]);
  if (!row) throw new Error("The database does not say which one it is.");
  return kind === "embedded" ? { ...row, fingerprint: folderFingerprint(place) } : row;
}

/**
 * Marks the store as restored if it isn't the one that the installation has recorded: once, however many replicas
 * notice it. `cameBack` means that it is the same store, in an earlier state.
 */
export async function noticeRestore(now: Date, cameBack = false): Promise<void> {
  await store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const known = await tx.installation.findUniqueOrThrow({ where: { id: 1 } });
    const found = await storeIdentity(tx);
    if (cameBack || isOther(known, found)) await moveEpoch(tx, now, "store");
    if (known.fingerprint !== found.fingerprint || known.timeline !== found.timeline)
      await tx.installation.update({ where: { id: 1 }, data: found });
  }, MARKING);
}

/** An earlier release kept no timeline beside the fingerprint: that alone is no restore. */
function isOther(known: { fingerprint: string; timeline: string | null }, found: Identity): boolean {
  if (known.fingerprint !== found.fingerprint) return true;
  return known.timeline !== null && known.timeline !== found.timeline;
}

/** Callers in one process that notice the same restore wait for one mark: they would only queue for its lock. */
function markOnce(proof: Proof, now: Date): Promise<void> {
  const marks = perProcess("restore-marks", () => new Map<string, Promise<void>>());
  const key = JSON.stringify(proof);
  const running = marks.get(key);
  if (running) return running;
  const mark = withEffects(() => markRestored(proof, now), UNHURRIED).finally(() => marks.delete(key));
  marks.set(key, mark);
  return mark;
}

function markRestored(proof: Proof, now: Date): Promise<void> {
  return proof.by === "timeline" ? noticeRestore(now) : endEpoch(proof, now);
}

/** Marks the store as restored if the license is still in the epoch: once, however many deployments prove it. */
async function endEpoch({ license, epoch }: { license: string; epoch: string }, now: Date): Promise<void> {
  await store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const log = await tx.roster.findUnique({ where: { license } });
    if (log?.epoch === epoch) await moveEpoch(tx, now, "deployment");
  }, MARKING);
}

/**
 * A new epoch makes every deployment take a full snapshot, because versions may mean other changes now, and every
 * reader of events start again. The number of a license may be another license's too, so cached keys are dropped.
 */
async function moveEpoch(tx: Tx, now: Date, because: Because): Promise<void> {
  forgetDataKeys();
  const epoch = newEpoch();
  const event: AuditEvent = {
    action: "installation.restored",
    object: INSTALLATION,
    details: { epoch, because },
  };
  await recordEvents(tx, INSTALLATION, SYSTEM, now, [event]);
  let last: string | null = "";
  while (last !== null) last = await writeEpoch(tx, epoch, last, now);
  await lengthenHolds(tx, now);
  await beginEventEpoch(tx, epoch);
}

/**
 * Writes the epoch into the next log heads by license, and until when no minutes are granted: as long as deployments
 * can spend those that are unknown now. Returns the last of the heads; null if there are no more.
 */
async function writeEpoch(tx: Tx, epoch: string, after: string, now: Date): Promise<string | null> {
  const [written] = await tx.$queryRaw<{ last: string | null }[]>`
    WITH batch AS MATERIALIZED (
      SELECT license FROM roster WHERE license > ${after} ORDER BY license LIMIT ${BATCH} FOR NO KEY UPDATE
    ), written AS (
      UPDATE roster r SET epoch = ${epoch},
        hold_until = ${now}::timestamptz + (SELECT lease_hours FROM license l WHERE l.number = r.license) * interval '1 hour'
      FROM batch WHERE r.license = batch.license RETURNING r.license
    )
    SELECT max(license) AS last FROM written`;
  return written?.last ?? null;
}

/** Minutes may have been granted for longer than now: by the setting of the last 72 hours, the longest there is. */
async function lengthenHolds(tx: Tx, now: Date): Promise<void> {
  const since = new Date(now.getTime() - LONGEST_LEASE_HOURS * 3_600_000);
  await tx.$executeRaw`
    UPDATE roster r SET hold_until = greatest(r.hold_until, ${now}::timestamptz + e.hours * interval '1 hour')
    FROM (SELECT chain, max((details #>> '{before,leaseHours}')::int) AS hours FROM audit_event
      WHERE at > ${since} AND action = 'license.settings-changed' GROUP BY chain) e
    WHERE r.license = e.chain AND e.hours IS NOT NULL`;
}

/** A caller that has waited long enough is refused, while the mark continues. */
async function inTime(mark: Promise<void>, late: StoreWentBack): Promise<void> {
  mark.catch(() => {}); // Callers that still wait get the error.
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late), Math.min(PATIENCE_MS, timeLeft()));
  });
  await Promise.race([mark, patience]).finally(() => clearTimeout(timer));
}
