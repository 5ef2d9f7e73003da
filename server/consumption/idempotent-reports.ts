import { createHash } from "node:crypto";
import type { ReportError } from "@/domain/consumption/report";
import { Refusal } from "@/domain/refusals/refusal";
import { throughRestores } from "@/server/restores/restores";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { againBesideTwins, type ReportResult, recordAlone } from "./consumption";
import type { Report } from "./consumption-slots";

type Replies = (ReportResult | ReportError)[];
type Kept = { fingerprint: string; answer: Replies };

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
export function recordOnce(report: Report, idempotencyKey: string): Promise<Replies> {
  const once = () => store().sql.transaction((tx) => claimAndRecord(tx, report, idempotencyKey));
  return throughRestores(report.now, () => againBesideTwins(once));
}

async function claimAndRecord(
  tx: Pick<Sql, "query">,
  report: Report,
  idempotencyKey: string,
): Promise<Replies> {
  const place = [report.caller.key.license, idempotencyKey];
  const fingerprint = fingerprintOf(report);
  const [claimed] = await tx.query(CLAIM, [...place, fingerprint, report.now]);
  if (claimed) {
    const results = await recordAlone(tx, report);
    await tx.query(KEEP, [...place, JSON.stringify(results)]);
    return results;
  }
  await recordAlone(tx, { ...report, elements: [] }); // admits the caller, or throws
  const [kept] = await tx.query<Kept>(FIND, place);
  if (kept?.fingerprint === fingerprint) return kept.answer;
  throw new Refusal(
    "IDEMPOTENCY_KEY_REUSED",
    "This Idempotency-Key was used for another report. Use a new key for each report.",
  );
}

function fingerprintOf({ caller, elements }: Report): string {
  return createHash("sha256")
    .update(JSON.stringify([caller.source, elements]))
    .digest("base64url");
}
