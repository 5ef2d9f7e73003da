import type { Assignment, Change, How, Outcome } from "@/domain/assignments";
import { hashIn } from "@/domain/hashed-subject";
import type { Changer } from "./assignment-changes";
import { rejectionContext, sealedSubject } from "./assignment-rows";
import { type LockedRoster, SAVE_CHANGES, SAVE_HASHES } from "./assignment-statements";
import { auditRows, chainDeeds, type Deed } from "./audit";
import type { DataKeys } from "./data-keys";
import { seal } from "./sealing";
import type { Sql } from "./sql";

/** Writes what patches changed, with the counters, what was rejected and the audit, in one statement under the roster's lock. */
export async function saveChanges(
  tx: Pick<Sql, "query">,
  license: string,
  roster: LockedRoster,
  outcome: Outcome,
  { source, actor, now, unkept }: Changer,
  { keys, auditKeys, hashOf }: { keys: DataKeys; auditKeys: DataKeys } & Pick<How, "hashOf">,
): Promise<void> {
  const rejected = unkept ? [] : outcome.rejected;
  if (outcome.changes.length === 0 && rejected.length === 0) return;
  const rows = rowsToWrite(license, keys, outcome, hashOf);
  const refused = rejected.map((seat) => ({
    ...seat,
    source,
    subject: sealedRejection(license, keys, source, seat),
  }));
  const head = { sequence: roster.audit_sequence, hash: roster.audit_head };
  const links = chainDeeds(head, auditKeys, { chain: license, actor, now, deeds: deedsOf(outcome, source) });
  const end = links.at(-1) ?? head;
  await tx.query(SAVE_CHANGES, [
    license,
    now,
    JSON.stringify(rows.gone),
    JSON.stringify(rows.used),
    JSON.stringify(rows.added),
    JSON.stringify(countsMoved(outcome)),
    JSON.stringify(refused),
    auditRows(links),
    outcome.version,
    end.sequence,
    Buffer.from(end.hash).toString("hex"),
  ]);
  if (hashOf) await saveHashes(tx, license, rows);
}

function saveHashes(tx: Pick<Sql, "query">, license: string, rows: ReturnType<typeof rowsToWrite>) {
  const { gone, named, added } = rows;
  const hashes = added.map(({ instance, hash }) => ({ instance, hash }));
  const instances = gone.map(({ instance }) => instance);
  return tx.query(SAVE_HASHES, [license, instances, JSON.stringify(named), JSON.stringify(hashes)]);
}

/** Each changed row once, as the last change left it. */
function rowsToWrite(license: string, keys: DataKeys, { changes }: Outcome, hashOf: How["hashOf"]) {
  const renamed = new Set(changes.filter(({ kind }) => kind === "name").map(({ row }) => row.instance));
  const fresh = new Set(changes.filter(({ kind }) => kind === "add").map(({ row }) => row.instance));
  const last = [...new Map(changes.map((change) => [change.row.instance, change.row])).values()];
  const old = last.filter(({ instance }) => !fresh.has(instance));
  return {
    gone: old.filter(({ deleted }) => deleted).map(({ instance, version }) => ({ instance, version })),
    used: old
      .filter(({ deleted }) => !deleted)
      .map(({ instance, lastUsed }) => ({ instance, day: lastUsed })),
    named: old
      .filter(({ deleted, instance }) => !deleted && renamed.has(instance))
      .map((row) => newRow(license, keys, row, hashOf)),
    added: last
      .filter(({ instance }) => fresh.has(instance))
      .map((row) => newRow(license, keys, row, hashOf)),
  };
}

function newRow(license: string, keys: DataKeys, row: Assignment, hashOf: How["hashOf"]) {
  const { instance, allotment, index, version, created, received, source, auto, deleted } = row;
  const subject = sealedSubject(license, keys, row);
  return {
    instance,
    allotment,
    index,
    subject,
    version,
    added: row.addedAt,
    created,
    received,
    source,
    auto,
    used: row.lastUsed,
    deleted,
    hash: deleted || !hashOf ? null : (hashIn(row.subject) ?? hashOf(row.subject)),
  };
}

function countsMoved({ changes }: Outcome): { key: string; moved: number }[] {
  const moved = new Map<string, number>();
  for (const { kind, row } of changes) {
    if (kind === "add" || kind === "delete")
      moved.set(row.allotment, (moved.get(row.allotment) ?? 0) + (kind === "add" ? 1 : -1));
  }
  return [...moved].map(([key, count]) => ({ key, moved: count }));
}

function sealedRejection(
  license: string,
  keys: DataKeys,
  source: string,
  { subject, ...place }: Outcome["rejected"][number],
) {
  const context = rejectionContext(license, { ...place, source });
  return seal(keys.encryption, Buffer.from(subject), context).toString("base64");
}

const ACTIONS = {
  add: "assignment.added",
  delete: "assignment.released",
  name: "assignment.named",
} as const;

/**
 * One deed for each addition and release; a day of use is none. Each allotment stands by itself, so that what a list
 * shows as one is together. Releases come before additions, but for lives that only began here: so the audit never
 * counts more seats than were held.
 */
function deedsOf({ changes }: Outcome, source: string): Deed[] {
  const moved = changes.flatMap(({ kind, ...change }) => (kind === "use" ? [] : [{ kind, ...change }]));
  const fresh = new Set(moved.filter(({ kind }) => kind === "add").map(({ row }) => row.instance));
  const placeOf = ({ kind, row }: Pick<Change, "kind" | "row">) => {
    const turn = kind !== "delete" ? 1 : fresh.has(row.instance) ? 2 : 0;
    return `${turn} ${row.allotment}`;
  };
  const placed = moved.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : Number(placeOf(a) > placeOf(b))));
  return placed.map(({ kind, row: { instance, allotment, index, version, auto }, reverses }) => {
    const action = ACTIONS[kind];
    const details = { allotment, index, version, source, auto };
    return { action, object: instance, details: reverses ? { ...details, reverses } : details };
  });
}
