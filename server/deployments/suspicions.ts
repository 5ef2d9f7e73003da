import {
  type Evidence,
  evidenceOf,
  isOneInstallation,
  type Moved,
  type Suspicion,
  type SuspicionCode,
  suspicionOfOrigins,
} from "@/domain/suspicions";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { newEventId } from "@/server/events/outbox";
import type { Sql } from "@/server/store/sql";
import type { Caller } from "./admission";
import { type Deployment, deploymentOf, onDeployment } from "./deployments";

/** The facts that a hot statement returns of a deployment before a call; all null if the deployment is new. */
export type Track = { evidence: Evidence | null; moved: Moved | null };

/** Each suspicion that the deployment didn't have makes an event; of two calls at once the second waits for the first. */
const NOTE = {
  name: "deployment_suspect",
  text: `
WITH before AS MATERIALIZED (
  SELECT license, source, evidence FROM deployment WHERE license = $1 AND source = $2 FOR NO KEY UPDATE
), noted AS (
  UPDATE deployment d SET evidence = d.evidence || $3::jsonb
  FROM before b WHERE d.license = b.license AND d.source = b.source
)
INSERT INTO event_outbox (id, type, time, license, data)
SELECT ${newEventId("$4::timestamptz")}, 'deployment.clone-suspected', $4::timestamptz, license,
  news.value || jsonb_build_object('license', license, 'source', source)
FROM before b CROSS JOIN LATERAL jsonb_each($3::jsonb) AS news WHERE NOT b.evidence ? news.key`,
};

/**
 * Records the suspicions that a call causes, if they are new or were last confirmed an hour ago: every other call
 * costs nothing. `clone` are signs that count only for a source that identifies a single installation.
 */
export function noteSuspicions(
  sql: Pick<Sql, "query">,
  caller: Caller,
  { evidence, moved }: Track,
  { clone = [], other = [] }: { clone?: (Suspicion | null)[]; other?: (Suspicion | null)[] },
  now: Date,
): Promise<unknown> | undefined {
  const { key, source } = caller;
  if (source === null) return;
  const places = moved && suspicionOfOrigins(caller, moved, now);
  const signs = isOneInstallation(source) ? [places, ...clone, ...other] : other;
  const found = signs.filter((one) => one !== null);
  const news = found.length > 0 ? evidenceOf(found, evidence ?? {}, now) : null;
  if (news) return sql.query(NOTE, [key.license, source, JSON.stringify(news), now]);
}

/** Clears a suspicion of a deployment; it comes back with new evidence. */
export async function clearSuspicion(
  license: string,
  source: string,
  code: SuspicionCode,
  actor: Actor,
  now: Date,
): Promise<Deployment> {
  return onDeployment(license, source, async ({ tx, where, before }) => {
    const noted = deploymentOf(before);
    if (!noted.suspicions.includes(code)) return noted;
    const details = { code };
    await recordEvents(tx, license, actor, now, [{ action: "deployment.cleared", object: source, details }]);
    await tx.$executeRaw`UPDATE deployment SET evidence = evidence - ${code}::text, trail = CASE WHEN ${code} = 'two-places' THEN NULL ELSE trail END
      WHERE license = ${license} AND source = ${source}`;
    return deploymentOf(await tx.deployment.findUniqueOrThrow({ where }));
  });
}
