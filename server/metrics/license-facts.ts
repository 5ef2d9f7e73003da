import { type Definition, type Era, nameKey } from "@/domain/licenses/definition";
import { rejectedSince, silence } from "@/domain/licenses/license-summary";
import {
  type AllotmentCount,
  type AllotmentGrant,
  allotmentFigures,
  grantsOn,
  type InstallationFigures,
  type LicenseFigures,
  type Waiting,
} from "@/domain/metrics/license-figures";
import { dayOf, monthOf } from "@/domain/month";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { IS_OFFLINE } from "@/server/store/deployment-filters";
import { env } from "@/server/store/env";
import { perProcess } from "@/server/store/per-process";
import type { Statement } from "@/server/store/sql";
import { reading } from "@/server/store/store";

/** The result of the last verification of an audit chain. */
type Verified = { intact: boolean; at: string } | null;

/** The numbers of all licenses, and of the installation as a whole. */
export type StoreFigures = { licenses: LicenseFigures[]; installation: InstallationFigures };

type Row = {
  number: string;
  definition_id: string;
  ends_at: Date | null;
  /** Name, live seats, used and reserved minutes of each allotment: lines of columns, since names have no control characters. */
  counts: string | null;
  live: number | null;
  silent: number | null;
  rejections: number | null;
  keys: number | null;
  verified: Verified;
  /** All definitions of the license, oldest first; null if the license wasn't changed lately. */
  eras: { from: string; definition: Definition; isCorrection: boolean }[] | null;
};

type CheckRow = { name: string; broken: number; at: string };
type WaitingRow = { count: number; oldest: string | null };

/** The last row is the installation's. */
type InstallationRow = {
  number: null;
  installation: {
    verified: Verified;
    checkpoint: string | null;
    outbox: WaitingRow;
    deliveries: WaitingRow;
    checks: CheckRow[];
    rotating: number;
  };
};

/**
 * Everything about all licenses at once. Only definitions of licenses that were changed lately come along: their text
 * is most of a store, and each of them is read once a day.
 */
const FACTS: Statement = {
  name: "license_facts",
  text: `
WITH called AS MATERIALIZED (
  SELECT license, count(*) FILTER (WHERE last_seen >= $2) AS live,
    count(*) FILTER (WHERE last_seen >= $1 AND last_seen < $2) AS silent
  FROM deployment WHERE NOT ${IS_OFFLINE} GROUP BY license
), rejected AS MATERIALIZED (
  SELECT license, count(DISTINCT subject_index) AS rejections FROM rejection WHERE last_at >= $3 GROUP BY license
), issued AS MATERIALIZED (
  SELECT license, count(*) AS keys FROM signed_key WHERE revoked_at IS NULL GROUP BY license
), counted AS MATERIALIZED (
  SELECT a.license, string_agg(concat_ws(E'\\t', a.name, a.live, coalesce(m.total, 0), coalesce(m.reserved, 0)), E'\\n') AS counts
  FROM allotment a LEFT JOIN usage_month m ON m.license = a.license AND m.allotment = a.key AND m.month = $4
  GROUP BY a.license
)
SELECT l.number, l.definition_id, l.ends_at, c.counts, d.live, d.silent, r.rejections, k.keys,
  CASE WHEN v.chain IS NOT NULL THEN json_build_object('intact', v.bad_reason IS NULL, 'at', v.at) END AS verified,
  CASE WHEN l.updated_at >= $5 THEN (
    SELECT json_agg(json_build_object('from', e.effective_from, 'definition', e.content, 'isCorrection', e.corrects IS NOT NULL)
      ORDER BY e.effective_from, e.id)
    FROM definition e WHERE e.license = l.number) END AS eras,
  NULL AS installation
FROM license l
LEFT JOIN counted c ON c.license = l.number
LEFT JOIN called d ON d.license = l.number
LEFT JOIN rejected r ON r.license = l.number
LEFT JOIN issued k ON k.license = l.number
LEFT JOIN audit_verification v ON v.chain = l.number
WHERE l.copy_of IS NULL
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, json_build_object(
  'verified', (SELECT json_build_object('intact', bad_reason IS NULL, 'at', at)
    FROM audit_verification WHERE chain = '${INSTALLATION}'),
  'checkpoint', (SELECT checkpoint_at FROM installation WHERE id = 1),
  'outbox', (SELECT json_build_object('count', count(*), 'oldest', min(time)) FROM event_outbox),
  'deliveries', (SELECT json_build_object('count', count(*), 'oldest', min(created_at))
    FROM webhook_delivery WHERE due_at IS NOT NULL),
  'checks', (SELECT coalesce(json_agg(c ORDER BY name), '[]') FROM store_check c),
  'rotating', (SELECT count(*) FROM data_key WHERE purpose IN ('next', 'previous')))`,
};

/** What each license grants on a day, by the definition in force, as it was read at a time. */
type Grants = { day: string; at: Date; of: Map<string, AllotmentGrant[]> };

const BEGINNING = new Date(0);
/** A change is visible so long after its time at most, by the clocks of all servers; otherwise all is read again. */
const LATE_MS = 300_000;

const grants = () => perProcess("granted", (): Grants => ({ day: "", at: BEGINNING, of: new Map() }));

/** The numbers of every license and of the installation, in one statement for any number of them. */
export async function storeFigures(now: Date): Promise<StoreFigures> {
  const known = grantsOfDay(dayOf(now));
  const since = new Date(Math.max(0, Math.min(known.at.getTime(), now.getTime()) - LATE_MS));
  const rows = await readFacts(known, since, now);
  const isUnknown = ({ definition_id }: Row) => !known.of.has(definition_id);
  const all = licensesIn(rows).some(isUnknown) ? await readFacts(known, BEGINNING, now) : rows;
  known.at = now;
  const licenses = licensesIn(all);
  forgetOthers(known, licenses);
  return {
    licenses: licenses.map((row) => figuresOf(row, known.of.get(row.definition_id) ?? [], now)),
    installation: installationIn(all.find((row): row is InstallationRow => row.number === null)),
  };
}

async function readFacts({ of }: Grants, since: Date, now: Date): Promise<(Row | InstallationRow)[]> {
  const { gone, before } = silence(now);
  const rows = await reading().sql.query<Row | InstallationRow>(FACTS, [
    ...[gone, before, rejectedSince(now), monthOf(now)],
    since,
  ]);
  for (const { definition_id, eras } of licensesIn(rows))
    if (eras) of.set(definition_id, grantsOn(eras.map(eraIn), now));
  return rows;
}

function licensesIn(rows: readonly (Row | InstallationRow)[]): Row[] {
  return rows.filter((row): row is Row => row.number !== null);
}

function installationIn(row: InstallationRow | undefined): InstallationFigures {
  if (!row) throw new Error("The numbers of the installation are missing.");
  const { verified, checkpoint, outbox, deliveries, checks, rotating } = row.installation;
  return {
    verified: verifiedIn(verified),
    ...(env().AUDIT_CHECKPOINTS && { checkpoint: checkpoint === null ? null : new Date(checkpoint) }),
    outbox: waitingIn(outbox),
    deliveries: waitingIn(deliveries),
    checks: checks.map(({ at, ...check }) => ({ ...check, at: new Date(at) })),
    rotatingKeys: rotating,
  };
}

/** Units in force and the month's grant can change at midnight UTC. */
function grantsOfDay(day: string): Grants {
  const known = grants();
  if (known.day !== day) Object.assign(known, { day, at: BEGINNING, of: new Map() });
  return known;
}

function forgetOthers(known: Grants, licenses: readonly Row[]): void {
  if (known.of.size === licenses.length) return;
  const inForce = new Set(licenses.map(({ definition_id }) => definition_id));
  for (const id of known.of.keys()) if (!inForce.has(id)) known.of.delete(id);
}

function eraIn({ from, ...era }: NonNullable<Row["eras"]>[number]): Era {
  return { ...era, from: new Date(from) };
}

function figuresOf(row: Row, granted: readonly AllotmentGrant[], now: Date): LicenseFigures {
  const { number, ends_at: endsAt, counts, live, silent, rejections, keys, verified } = row;
  return {
    number,
    endsIn: endsAt && Math.round((endsAt.getTime() - now.getTime()) / 1000),
    ...allotmentFigures(granted, counts ? counts.split("\n").map(countIn) : []),
    deployments: { live: live ?? 0, silent: silent ?? 0 },
    rejections: rejections ?? 0,
    keys: keys ?? 0,
    verified: verifiedIn(verified),
  };
}

function countIn(line: string): AllotmentCount {
  const [name = "", live, total, reserved] = line.split("\t");
  return { key: nameKey(name), name, live: Number(live), total: Number(total), reserved: Number(reserved) };
}

function waitingIn({ count, oldest }: WaitingRow): Waiting {
  return { count, oldest: oldest === null ? null : new Date(oldest) };
}

function verifiedIn(verified: Verified): LicenseFigures["verified"] {
  return verified && { isIntact: verified.intact, at: new Date(verified.at) };
}
