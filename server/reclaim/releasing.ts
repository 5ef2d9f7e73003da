import type { Patch, PatchResults } from "@/domain/assignments/assignment";
import { dayOf } from "@/domain/month";
import { neverReleased } from "@/domain/reclaim/never-release";
import type { ReclaimRule } from "@/domain/reclaim/reclaim-rule";
import { seatUse } from "@/domain/reclaim/seat-use";
import type { ReclaimRule as RuleRow } from "@/prisma/client/client";
import { SYSTEM } from "@/server/access/actor";
import { ADMIN_SOURCE, releasePatch } from "@/server/assignments/changes/seat-patches";
import { changeAssignments } from "@/server/assignments/log/assignment-changes";
import { openAliases, openSubject } from "@/server/assignments/log/assignment-rows";
import { appendEvents } from "@/server/audit/audit";
import type { DataKeys } from "@/server/secrets/data-keys";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { exemptionsOf } from "./exemptions";
import { RESTORED_FROM, USE_COLUMNS, type UseRow, usesHeard } from "./known-uses";
import { licenseTerms } from "./license-terms";
import { encryptedUser } from "./released-users";

type Tx = Pick<Sql, "query">;
type OpenRun = { id: string; license: string; allotment: string };
/** A seat of a run as it is now; without a source it was released since. `seen` is its last use in the notice. */
type SeatRow = UseRow & {
  instance: string;
  seen: string | null;
  /** Encrypted, in base64. */
  subject: string | null;
  aliases: string | null;
};

const DUE = {
  name: "reclaim_due_runs",
  text: `SELECT id, license, allotment FROM reclaim_run WHERE state = 'announced' AND release_at <= $1 ORDER BY id`,
};
const STATE = { name: "reclaim_state", text: "SELECT state FROM reclaim_run WHERE id = $1" };
const RULE = {
  name: "reclaim_rule_now",
  text: `SELECT idle_days AS "idleDays", grace_days AS "graceDays" FROM reclaim_rule
    WHERE license = $1 AND allotment = $2 AND is_on`,
};
const SEATS = {
  name: "reclaim_seats_now",
  text: `
SELECT s.instance::text AS instance, s.last_used AS seen, ${USE_COLUMNS}, encode(a.subject, 'base64') AS subject,
  CASE WHEN a.has_aliases THEN (SELECT encode(x.aliases, 'base64') FROM alias_text x
    WHERE x.license = a.license AND x.instance = a.instance) END AS aliases
FROM reclaim_seat s
LEFT JOIN assignment a ON a.license = s.license AND a.instance = s.instance AND a.deleted IS NULL
${RESTORED_FROM} WHERE s.license = $1 AND s.run = $3::uuid ORDER BY s.instance`,
};
const END_SEATS = {
  name: "reclaim_end_seats",
  text: `
UPDATE reclaim_seat s SET result = e.result, version = e.version, subject = decode(e.subject, 'base64')
FROM json_to_recordset($2::json) AS e(instance bigint, result text, version bigint, subject text)
WHERE s.run = $1::uuid AND s.instance = e.instance`,
};
const END = {
  name: "reclaim_end",
  text: `UPDATE reclaim_run SET state = $2, released = $3, ended_at = $4, live = $5 WHERE id = $1`,
};
const LIVE = {
  name: "reclaim_live",
  text: "SELECT live FROM allotment WHERE license = $1 AND key = $2",
};

/** The runs whose notice has passed. */
export function runsToRelease(now: Date): Promise<OpenRun[]> {
  return store().sql.query<OpenRun>(DUE, [now]);
}

/**
 * Releases the seats of a run that are still due, in one transaction under the license's lock. A seat that was used
 * since the notice stays. If the rule was turned off, or the license serves nobody, the run is cancelled instead.
 */
export async function releaseRun(run: OpenRun, now: Date): Promise<void> {
  const { license } = run;
  const decided: Decided = { results: new Map(), live: 0, keys: null };
  try {
    await changeAssignments(license, [], {
      ...{ source: ADMIN_SOURCE, actor: SYSTEM, now, unkept: true },
      patchesIn: (tx, { keys }) => patchesOf(tx, run, decided, keys, now),
      alongside: (tx, outcome) => endRun(tx, run, decided, outcome, now),
    });
  } catch (error) {
    if (!(error instanceof RunEnded)) throw error;
  }
}

/** Another server, or a person, ended the run first. */
class RunEnded extends Error {}

/** What the transaction decided: the result of each seat; null if the whole run is cancelled. */
type Decided = { results: Map<string, string> | null; live: number; keys: DataKeys | null };

async function patchesOf(
  tx: Tx,
  run: OpenRun,
  decided: Decided,
  keys: DataKeys,
  now: Date,
): Promise<Patch[]> {
  const { id, license, allotment } = run;
  const [row] = await tx.query<{ state: string }>(STATE, [id]);
  if (row?.state !== "announced") throw new RunEnded();
  const [rule] = await tx.query<Pick<RuleRow, "idleDays" | "graceDays">>(RULE, [license, allotment]);
  const { leaseDays, isServing } = await licenseTerms(license, tx, now);
  decided.keys = keys;
  decided.results = rule && isServing ? await resultsNow(tx, run, { ...rule, leaseDays }, keys, now) : null;
  const [counted] = await tx.query<{ live: number }>(LIVE, [license, allotment]);
  decided.live = counted?.live ?? 0;
  if (decided.results === null) return [];
  return [...decided.results].flatMap(([instance, result]) =>
    result === RELEASED ? [releasePatch({ license, now }, { instance })] : [],
  );
}

const RELEASED = "released";

/** The result of each seat of a run: `released`, or why it stays. */
async function resultsNow(
  tx: Tx,
  { id, license }: OpenRun,
  terms: Pick<ReclaimRule, "idleDays" | "graceDays"> & { leaseDays: number },
  keys: DataKeys,
  now: Date,
): Promise<Map<string, string>> {
  const isExempt = neverReleased(await exemptionsOf(license, keys, tx));
  const knownUse = await usesHeard(license, tx);
  const rows = await tx.query<SeatRow>(SEATS, [license, dayOf(now), id]);
  const resultOf = (row: SeatRow): string => {
    if (row.subject === null) return "gone";
    if (row.last_used !== row.seen) return "used";
    const { instance, subject, aliases } = row;
    const names = [
      openSubject(license, keys, instance, subject),
      ...(aliases ? openAliases(license, keys, instance, aliases) : []),
    ];
    if (names.some(isExempt)) return "exempt";
    const use = seatUse(knownUse(row), terms, now);
    return "due" in use ? RELEASED : use.kept;
  };
  return new Map(rows.map((row) => [row.instance, resultOf(row)]));
}

async function endRun(
  tx: Tx,
  { id, license, allotment }: OpenRun,
  { results, live, keys }: Decided,
  { changes }: PatchResults,
  now: Date,
): Promise<void> {
  const released = new Map(changes.map(({ row, subject }) => [row.instance, { row, subject }]));
  if (results === null) await tx.query(END, [id, "cancelled", 0, now, null]);
  else {
    const seats = [...results].map(([instance, result]) => {
      const gone = released.get(instance);
      if (!gone || !keys) return { instance, result };
      const subject = encryptedUser(keys, { license, run: id, instance }, gone.subject ?? "");
      return { instance, result, version: gone.row.version, subject };
    });
    await tx.query(END_SEATS, [id, JSON.stringify(seats)]);
    await tx.query(END, [id, RELEASED, released.size, now, live]);
  }
  const kept = results === null ? null : countsOf(results);
  const details = { allotment, seats: released.size, ...(kept ? { kept } : {}) };
  const action = results === null ? ("reclaim.cancelled" as const) : ("reclaim.released" as const);
  await appendEvents(tx, license, SYSTEM, now, [{ action, object: id, details }]);
}

/** How many seats stayed, by reason. */
function countsOf(results: ReadonlyMap<string, string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const result of results.values()) if (result !== RELEASED) counts[result] = (counts[result] ?? 0) + 1;
  return counts;
}
