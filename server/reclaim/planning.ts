import { dayOf } from "@/domain/month";
import { neverReleased } from "@/domain/reclaim/never-release";
import { type ReclaimPlan, reclaimPlan } from "@/domain/reclaim/reclaim-plan";
import type { ReclaimRule } from "@/domain/reclaim/reclaim-rule";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import { openSeats } from "@/server/assignments/lists/open-seats";
import { dataKeys } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { exemptionsOf } from "./exemptions";
import { RESTORED_FROM, USE_COLUMNS, type UseRow, usesHeard } from "./known-uses";
import { licenseTerms } from "./license-terms";

/**
 * The seats of an allotment that no open run announced, grouped by what is known of their use. Days come first in the
 * groups, and instances become text after them: large allotments are sorted, and text sorts slowly.
 */
const GROUPS = {
  name: "reclaim_groups",
  text: `
SELECT source, last_used, received, restored, string_agg(instance::text, ' ') AS instances FROM (
  SELECT a.instance, ${USE_COLUMNS} FROM assignment a ${RESTORED_FROM}
  WHERE a.license = $1 AND a.allotment = $3 AND a.deleted IS NULL AND NOT EXISTS (
    SELECT FROM reclaim_seat o JOIN reclaim_run n ON n.id = o.run
    WHERE o.license = a.license AND o.instance = a.instance AND n.state = 'announced')) seat
GROUP BY last_used, received, restored, source`,
};

/** What a run of a rule would announce now; `isStopped` if the license serves nobody, so that nobody can use a seat. */
export type RunPlan = ReclaimPlan & { isStopped: boolean };

/** What a rule would announce now. Nothing is locked or written. */
export async function planRun(
  license: string,
  allotment: string,
  rule: ReclaimRule,
  now: Date,
): Promise<RunPlan> {
  const { sql } = store();
  const { leaseDays, isServing } = await licenseTerms(license, sql, now);
  const knownUse = await usesHeard(license, sql);
  type Row = UseRow & { instances: string };
  const rows = await sql.query<Row>(GROUPS, [license, dayOf(now), allotment]);
  const groups = rows.map((row) => ({ ...knownUse(row), instances: row.instances.split(" ") }));
  const plan = reclaimPlan(groups, { ...rule, leaseDays }, await exemptOnes(license), now);
  return { ...plan, isStopped: !isServing };
}

/** A plan as people read it, with the users of the seats that it would announce. */
export async function previewRun(license: string, allotment: string, rule: ReclaimRule, now: Date) {
  const { due, ...plan } = await planRun(license, allotment, rule, now);
  const opened = await openSeats(
    license,
    due.map(({ instance }) => instance),
  );
  const subjects = new Map(opened.map(({ instance, subject }) => [instance, subject]));
  const seats = due.flatMap((seat) => {
    const subject = subjects.get(seat.instance);
    return subject === undefined ? [] : [{ ...seat, subject }];
  });
  return { ...plan, seats };
}

/** Whether the user of an instance is on the never-release list. Without a list nobody's name is read. */
async function exemptOnes(license: string): Promise<(instance: string) => boolean> {
  const exemptions = await exemptionsOf(license, await dataKeys(license));
  if (exemptions.length === 0) return () => false;
  const isExempt = neverReleased(exemptions);
  const seats = (await liveSeats(license)).sorted("instance");
  const names = new Map(
    seats.map(({ instance, subject, aliases = [] }) => [instance, [subject, ...aliases]]),
  );
  // One that was released since stays out of the run.
  return (instance) => names.get(instance)?.some(isExempt) ?? true;
}
