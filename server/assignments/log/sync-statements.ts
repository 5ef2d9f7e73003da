import {
  type AdmissionStatus,
  type AdmittedLicense,
  HIDDEN_ALLOTMENTS,
} from "@/server/deployments/admission";
import { callRows, callStatement } from "@/server/deployments/call-statement";
import { deploymentIsKnown } from "@/server/deployments/deployment-touch";
import type { Track } from "@/server/deployments/suspicions";
import { ASSIGNMENT_JSON, type AssignmentRow } from "./assignment-rows";
import type { LogHeadRow } from "./log-heads";
import { LIVE, type LiveCounts } from "./seat-statements";

/**
 * The columns that a sync reads: the admission of its call, the log head, a page of rows, and with rows the counters
 * and the hidden allotments. `slot` counts the calls of the statement from 1.
 */
export type SyncRow = AdmissionStatus &
  Pick<AdmittedLicense, "license" | "definition_id" | "lease_days"> &
  LiveCounts &
  Track & {
    slot: number;
    roster: LogHeadRow | null;
    rows: AssignmentRow[] | null;
    /** Keys of allotments that are for other products than the caller's. */
    hidden: string[] | null;
  };

/** The base of a deployment once it has this response: at its end, if that is the last page. */
const ANSWERED = "CASE WHEN page.count < $16::int THEN least(r.version, c.last) ELSE c.sent END";

/** The columns of a deployment that a sync updates, beside its origin. */
const SYNC_FACTS = ["base", "reports_use"];

/**
 * Reads a page for each call and, at most once a minute, records its deployment: an idle sync is this statement
 * alone, or a part of one.
 */
const readPage = (name: string, which: string) =>
  callStatement(name, {
    calls: callRows({
      ...{ sent: "bigint", first: "bigint", last: "bigint" },
      ...{ reports_use: "boolean", is_answered: "boolean" },
    }),
    columns: [
      `${ANSWERED} AS base`,
      `CASE WHEN page.count > 0 OR c.is_answered THEN ${LIVE} END AS live`,
      `CASE WHEN page.count > 0 THEN ${HIDDEN_ALLOTMENTS} END AS hidden`,
      `CASE WHEN r.license IS NOT NULL
        THEN json_build_object('version', r.version, 'horizon', r.horizon, 'epoch', r.epoch) END AS roster`,
      "page.rows",
    ],
    joins: `
  LEFT JOIN roster r ON r.license = l.number
  CROSS JOIN LATERAL (
    SELECT json_agg(${ASSIGNMENT_JSON}) AS rows, count(*) AS count FROM (
      SELECT * FROM assignment WHERE license = l.number AND version > c.first AND version <= c.last ${which}
      ORDER BY version LIMIT $16::int) a) page`,
    stamp: "last_sync",
    known: `${deploymentIsKnown("last_sync")} AND d.base IS NOT DISTINCT FROM ${ANSWERED}
      AND (c.reports_use IS NULL OR d.reports_use)`,
    facts: SYNC_FACTS,
    result: `
SELECT slot, license, on_timeline, refusal, scope, definition_id, lease_days, evidence, moved, live, hidden, roster, rows
FROM call`,
  });

export const READ_DELTA = readPage("sync_delta", "");
export const READ_SNAPSHOT = readPage("sync_snapshot", "AND deleted IS NULL");
