import { guessedSince, rejectedSince, silence } from "@/domain/licenses/license-summary";
import { addMonths, dayOf, monthOf } from "@/domain/month";
import { SUSPICION_CODES, type SuspicionCode } from "@/domain/suspicions";
import { allShares, type ShareRow } from "@/server/checkouts/checkout-shares";
import { DID_CALL, IS_OFFLINE } from "@/server/store/deployment-filters";
import type { Statement } from "@/server/store/sql";
import type { Reads } from "@/server/store/store";

/** Which licenses to read: some by number, also copies; those of some customers; or all that aren't copies. */
export type Which = { numbers: readonly string[] } | { customers: readonly string[] } | "all";

/** What the store knows of a license's health at one moment; times in JSON are texts. */
export type HealthRow = {
  number: string;
  customer_id: string;
  customer: string;
  status: "active" | "suspended" | "revoked";
  trial: boolean;
  grace_days: number;
  lease_days: number;
  definition_id: string;
  /** Name, class, live seats, minutes of the month and reserved ones of each allotment: lines of columns. */
  counts: string | null;
  /** The minutes of the month before, of all allotments. */
  before: number | null;
  shares: ShareRow[] | null;
  /** Milliseconds since 1970. */
  contact: number | null;
  uploaded: number | null;
  silent: { sites: number; since: string; name: string } | null;
  suspected: { sites: number; code: SuspicionCode; name: string } | null;
  rejected: { subjects: number; code: string } | null;
  requested: { sites: number; product: string; name: string } | null;
  guessed: number | null;
};

const milliseconds = (time: string) => `(extract(epoch FROM ${time}) * 1000)::bigint`;

/**
 * All facts about the health of licenses, in one statement for any number of them. What they mean is decided by
 * `needsOf` and the other rules of the domain. Names have no control characters.
 */
const healthOf = (name: string, whose: (license: string) => string, which: string): Statement => ({
  name: `license_health_${name}`,
  text: `
WITH called AS MATERIALIZED (
  SELECT license, max(last_seen) FILTER (WHERE ${DID_CALL}) AS contact, max(last_upload) AS uploaded,
    CASE WHEN bool_or(silent) THEN json_build_object('sites', count(*) FILTER (WHERE silent),
      'since', max(last_seen) FILTER (WHERE silent),
      'name', (array_agg(coalesce(name, source) ORDER BY last_seen DESC) FILTER (WHERE silent))[1]) END AS silent,
    CASE WHEN count(worst) > 0 THEN json_build_object('sites', count(worst), 'code', ($3::text[])[min(worst)],
      'name', (array_agg(coalesce(name, source) ORDER BY worst, last_seen DESC) FILTER (WHERE worst IS NOT NULL))[1])
      END AS suspected
  FROM (SELECT license, source, name, contacts, last_seen, last_upload,
      last_seen >= $1 AND last_seen < $2 AND NOT ${IS_OFFLINE} AS silent,
      CASE WHEN evidence <> '{}'::jsonb THEN (SELECT min(array_position($3::text[], code))
        FROM jsonb_object_keys(evidence) code) END AS worst
    FROM deployment WHERE ${whose("license")}) d
  GROUP BY license
), rejected AS MATERIALIZED (
  SELECT license, json_build_object('subjects', count(DISTINCT subject_index),
    'code', mode() WITHIN GROUP (ORDER BY code)) AS facts
  FROM rejection WHERE ${whose("license")} AND last_at >= $4 GROUP BY license
), requested AS MATERIALIZED (
  SELECT r.license, json_build_object('sites', count(*), 'product', (array_agg(r.product ORDER BY r.id))[1],
    'name', (array_agg(coalesce(r.address, r.source) ORDER BY r.id))[1]) AS facts
  FROM dual_use_request r
  WHERE ${whose("r.license")} AND r.state = 'waiting' AND EXISTS (
    SELECT FROM dual_use_offer o WHERE o.license = r.license AND o.withdrawn_at IS NULL
      AND (o.until IS NULL OR o.until >= $5::date) AND r.product = ANY (o.products))
  GROUP BY r.license
), counted AS MATERIALIZED (
  SELECT a.license, coalesce(sum(b.total), 0)::bigint AS before,
    string_agg(concat_ws(E'\\t', a.name, a.class, a.live, coalesce(m.total, 0), coalesce(m.reserved, 0)), E'\\n'
      ORDER BY a.key) AS counts
  FROM allotment a
  LEFT JOIN usage_month m ON m.license = a.license AND m.allotment = a.key AND m.month = $6
  LEFT JOIN usage_month b ON b.license = a.license AND b.allotment = a.key AND b.month = $7
  WHERE ${whose("a.license")} GROUP BY a.license
)
SELECT l.number, l.customer_id, c.name AS customer, l.status::text, l.trial, l.grace_days, l.lease_days, l.definition_id,
  counted.counts, counted.before, ${allShares("$6")} AS shares, ${milliseconds("d.contact")} AS contact,
  ${milliseconds("d.uploaded")} AS uploaded, d.silent, d.suspected, rejected.facts AS rejected,
  requested.facts AS requested, ${milliseconds("n.guessed_at")} AS guessed
FROM license l
JOIN customer c ON c.id = l.customer_id
LEFT JOIN counted ON counted.license = l.number
LEFT JOIN called d ON d.license = l.number
LEFT JOIN rejected ON rejected.license = l.number
LEFT JOIN requested ON requested.license = l.number
LEFT JOIN control_number n ON n.open_for = l.number AND n.guessed_at >= $8
WHERE ${which}`,
});

const OF_NUMBERS = healthOf(
  "numbers",
  (license) => `${license} = ANY ($9::text[])`,
  "l.number = ANY ($9::text[])",
);
const OF_CUSTOMERS = healthOf(
  "customers",
  (license) =>
    `${license} = ANY (ARRAY(SELECT number FROM license WHERE copy_of IS NULL AND customer_id = ANY ($9::uuid[])))`,
  "l.copy_of IS NULL AND l.customer_id = ANY ($9::uuid[])",
);
const OF_ALL = healthOf("all", () => "TRUE", "l.copy_of IS NULL");

/** The facts of licenses, in no order. */
export function readHealth(which: Which, now: Date, { sql }: Pick<Reads, "sql">): Promise<HealthRow[]> {
  const { gone, before } = silence(now);
  const month = monthOf(now);
  const values = [
    ...[gone, before, SUSPICION_CODES, rejectedSince(now)],
    ...[dayOf(now), month, addMonths(month, -1), guessedSince(now)],
  ];
  if (which === "all") return sql.query(OF_ALL, values);
  return "numbers" in which
    ? sql.query(OF_NUMBERS, [...values, which.numbers])
    : sql.query(OF_CUSTOMERS, [...values, which.customers]);
}
