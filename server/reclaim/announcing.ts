import { uuidv7 } from "uuidv7";
import { DAY } from "@/domain/month";
import type { DueSeat } from "@/domain/reclaim/reclaim-plan";
import { dueSlot } from "@/domain/reclaim/run-schedule";
import type { ReclaimRule as RuleRow } from "@/prisma/client/client";
import { SYSTEM } from "@/server/access/actor";
import { appendEvents } from "@/server/audit/audit";
import { LOCK_LOG_HEAD } from "@/server/store/locks";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { licenseTerms } from "./license-terms";
import { planRun } from "./planning";
import { settingsIn } from "./reclaim-rules";

const LAST_SLOT = {
  name: "reclaim_last_slot",
  text: "SELECT max(slot) AS slot FROM reclaim_run WHERE license = $1 AND allotment = $2",
};
const SAME_RULE = {
  name: "reclaim_same_rule",
  text: `SELECT 1 FROM reclaim_rule WHERE license = $1 AND allotment = $2 AND is_on AND saved_at = $3`,
};
/** The scheduled moment has one run: another server's stays. */
const BEGIN = {
  name: "reclaim_begin",
  text: `
INSERT INTO reclaim_run (id, license, allotment, slot, state, seats, announced_at, release_at, ended_at)
VALUES ($1, $2, $3, $4, $5, $6::int, $7::timestamptz, $8, CASE WHEN $6::int = 0 THEN $7::timestamptz END)
ON CONFLICT (license, allotment, slot) DO NOTHING RETURNING id`,
};
const ADD_SEATS = {
  name: "reclaim_add_seats",
  text: `
INSERT INTO reclaim_seat (run, license, instance, reason, quiet_since, last_used)
SELECT $1::uuid, $2, instance, reason, since, "lastUsed" FROM json_to_recordset($3::json)
  AS s(instance bigint, reason text, since date, "lastUsed" date)`,
};

/**
 * Announces what a rule is about to release, if a run of it is due. What changes until the release is looked at then,
 * so nothing is locked while seats are looked for.
 */
export async function announceDue(row: RuleRow, now: Date): Promise<void> {
  const { license, allotment } = row;
  const rule = settingsIn(row);
  const [last] = await store().sql.query<{ slot: Date | null }>(LAST_SLOT, [license, allotment]);
  const slot = dueSlot({ every: rule.every, since: row.since }, last?.slot ?? null, now);
  if (!slot) return;
  const { isServing } = await licenseTerms(license, store().sql, now);
  if (!isServing) return; // The slot stays due, and no seats are looked for until the license serves again.
  const { due } = await planRun(license, allotment, rule, now);
  const release = new Date(now.getTime() + rule.noticeDays * DAY);
  await store().sql.transaction((tx) => announce(tx, row, { slot, due, now, release }));
}

type Announced = { slot: Date; due: readonly DueSeat[]; now: Date; release: Date };

async function announce(
  tx: Pick<Sql, "query">,
  { license, allotment, savedAt }: RuleRow,
  { slot, due, now, release }: Announced,
): Promise<void> {
  await tx.query(LOCK_LOG_HEAD, [license]);
  const [same] = await tx.query(SAME_RULE, [license, allotment, savedAt]);
  if (!same) return;
  const id = uuidv7();
  const state = due.length > 0 ? "announced" : "empty";
  const [begun] = await tx.query(BEGIN, [id, license, allotment, slot, state, due.length, now, release]);
  if (!begun || due.length === 0) return;
  await tx.query(ADD_SEATS, [id, license, JSON.stringify(due)]);
  const details = { allotment, seats: due.length, release: release.toISOString() };
  await appendEvents(tx, license, SYSTEM, now, [{ action: "reclaim.announced", object: id, details }]);
}
