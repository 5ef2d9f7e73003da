import { createHash } from "node:crypto";
import type { ReportError } from "@/domain/consumption/report";
import { Refusal } from "@/domain/refusals/refusal";
import { throughRestores } from "@/server/restores/restores";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { againBesideTwins, recordAlone } from "./consumption";
import type { Report } from "./consumption-slots";
import { hasLeases, type LeasedReport, recordLeasesAlone, withAuditLock } from "./leases/lease-booking";
import type { ReportResult } from "./report-results";

/** The results of a report, with those of its leases if it has any. */
export type Recorded = Pick<LeasedReport, "consumption"> & Partial<LeasedReport>;
/** As it is stored: the results alone for a report without leases. */
type Kept = { fingerprint: string; answer: (ReportResult | ReportError)[] | LeasedReport };

const CLAIM = {
  name: "idempotency_claim",
  text: `INSERT INTO idempotent_report (license, key, fingerprint, at) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING RETURNING true AS mine`,
};
const FIND = {
  name: "idempotency_find",
  text: "SELECT fingerprint, answer FROM idempotent_report WHERE license = $1 AND key = $2",
};
const KEEP = {
  name: "idempotency_keep",
  text: "UPDATE idempotent_report SET answer = $3::jsonb WHERE license = $1 AND key = $2",
};

/**
 * Books a report with an `Idempotency-Key` once: for a day the same key and body get the same response and nothing is
 * booked again. Throws `IDEMPOTENCY_KEY_REUSED` for another body.
 */
export function recordOnce(report: Report, idempotencyKey: string): Promise<Recorded> {
  const once = () =>
    withAuditLock((isLocked) =>
      store().sql.transaction((tx) => claimAndRecord(tx, report, idempotencyKey, isLocked)),
    );
  return throughRestores(report.now, () => againBesideTwins(once));
}

async function claimAndRecord(
  tx: Pick<Sql, "query">,
  report: Report,
  idempotencyKey: string,
  isLocked: boolean,
): Promise<Recorded> {
  const place = [report.caller.key.license, idempotencyKey];
  const fingerprint = fingerprintOf(report);
  const [claimed] = await tx.query(CLAIM, [...place, fingerprint, report.now]);
  if (claimed) {
    const answer = hasLeases(report)
      ? await recordLeasesAlone(tx, report, isLocked)
      : await recordAlone(tx, report);
    await tx.query(KEEP, [...place, JSON.stringify(answer)]);
    return recordedOf(answer);
  }
  await recordAlone(tx, { ...report, elements: [], leases: [] }); // admits the caller, or throws
  const [kept] = await tx.query<Kept>(FIND, place);
  if (kept?.fingerprint === fingerprint) return recordedOf(kept.answer);
  throw new Refusal(
    "IDEMPOTENCY_KEY_REUSED",
    "This Idempotency-Key was used for another report. Use a new key for each report.",
  );
}

function recordedOf(answer: Kept["answer"]): Recorded {
  return Array.isArray(answer) ? { consumption: answer } : answer;
}

function fingerprintOf({ caller, elements, leases = [] }: Report): string {
  const body = leases.length > 0 ? [caller.source, elements, leases] : [caller.source, elements];
  return createHash("sha256").update(JSON.stringify(body)).digest("base64url");
}
