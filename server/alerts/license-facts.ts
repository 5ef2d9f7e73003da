import type { AnnouncedRelease, LicenseFacts } from "@/domain/alerts/license-facts";
import { goneBefore } from "@/domain/alerts/quiet";
import { validityStatus } from "@/domain/licenses/lease";
import { rejectedSince } from "@/domain/licenses/license-summary";
import { type Month, monthOf } from "@/domain/month";
import { Prisma } from "@/prisma/client/client";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";
import { IS_OFFLINE } from "@/server/store/deployment-filters";
import { store } from "@/server/store/store";

/** A total of a month, or the live seats if `month` is empty. */
export type SeenValue = { allotment: string; month: Month | ""; value: bigint };

/** A license with its facts, and what the evaluator will remember of them. */
export type WatchedLicense = {
  number: string;
  customerId: string;
  isSample: boolean;
  /** The version of the last evaluation when the facts were read. */
  version: number;
  state: string;
  seen: SeenValue[];
  facts: LicenseFacts;
};

/**
 * Reads licenses for an evaluation: a few queries for any number of them. What will be remembered is read before the
 * facts, so that a change in between is looked at again.
 */
export async function watchedLicenses(numbers: string[], now: Date): Promise<WatchedLicense[]> {
  const rows = await licenseRows(numbers);
  const seen = await seenValues(numbers, monthOf(now));
  const [allotments, deployments, checkouts, releases, rejected] = await Promise.all([
    allotmentsByLicense(numbers, now),
    deploymentsOf(numbers, now),
    checkoutsOf(numbers, now),
    releasesOf(numbers),
    rejectedOf(numbers, now),
  ]);
  return rows.map(({ number, status, valid, ends_at, grace_days, ...row }) => ({
    number,
    ...{ customerId: row.customer_id, isSample: row.is_sample, version: row.version, state: row.state },
    seen: seen.get(number) ?? [],
    facts: {
      status,
      standing: validityStatus(valid, now, grace_days),
      endsAt: ends_at,
      allotments: allotments.get(number) ?? [],
      deployments: deployments.get(number) ?? [],
      checkouts: checkouts.get(number) ?? [],
      releases: releases.get(number) ?? [],
      rejected: rejected.get(number) ?? 0,
    },
  }));
}

type LicenseRow = {
  number: string;
  customer_id: string;
  is_sample: boolean;
  status: LicenseFacts["status"];
  valid: string;
  ends_at: Date | null;
  grace_days: number;
  version: number;
  state: string;
};

function licenseRows(numbers: string[]): Promise<LicenseRow[]> {
  return store().db.$queryRaw<LicenseRow[]>`
    SELECT l.number, l.customer_id, c.is_sample, l.status::text, d.content ->> 'valid' AS valid, l.ends_at, l.grace_days,
      coalesce(w.version, 0) AS version, concat_ws(' ', l.definition_id, l.status, l.updated_at) AS state
    FROM license l
    JOIN customer c ON c.id = l.customer_id
    JOIN definition d ON d.id = l.definition_id
    LEFT JOIN alert_watch w ON w.scope = l.number
    WHERE l.number = ANY (${numbers}) AND l.copy_of IS NULL
    ORDER BY l.number`;
}

async function seenValues(numbers: string[], month: Month): Promise<Map<string, SeenValue[]>> {
  const rows = await store().db.$queryRaw<(SeenValue & { license: string })[]>`
    SELECT license, allotment, month, total AS value FROM usage_month
      WHERE license = ANY (${numbers}) AND month = ${month}
    UNION ALL
    SELECT license, key, '', live FROM allotment WHERE license = ANY (${numbers}) AND class = 'assigned'`;
  return byLicense(rows);
}

async function deploymentsOf(numbers: string[], now: Date) {
  const rows = await store().db.$queryRaw<
    { license: string; source: string; name: string | null; lastSeen: Date }[]
  >`
    SELECT license, source, name, last_seen AS "lastSeen" FROM deployment
    WHERE license = ANY (${numbers}) AND last_seen >= ${goneBefore(now)} AND NOT ${Prisma.raw(IS_OFFLINE)}
    ORDER BY license, source`;
  return byLicense(rows);
}

async function checkoutsOf(numbers: string[], now: Date) {
  const rows = await store().db.checkout.findMany({
    where: { license: { in: numbers }, returnedAt: null, expiresAt: { gt: now } },
    select: { license: true, id: true, label: true, product: true, issuedAt: true, expiresAt: true },
    orderBy: { id: "asc" },
  });
  return byLicense(
    rows.map(({ issuedAt: issued, expiresAt: expires, ...row }) => ({ ...row, issued, expires })),
  );
}

async function releasesOf(numbers: string[]) {
  const rows = await store().db.$queryRaw<(AnnouncedRelease & { license: string })[]>`
    SELECT r.license, r.id::text AS run, t.name AS allotment, r.seats, r.release_at AS release FROM reclaim_run r
    JOIN allotment t ON t.license = r.license AND t.key = r.allotment
    WHERE r.license = ANY (${numbers}) AND r.state = 'announced' ORDER BY r.id`;
  return byLicense(rows);
}

async function rejectedOf(numbers: string[], now: Date): Promise<Map<string, number>> {
  const rows = await store().db.$queryRaw<{ license: string; users: number }[]>`
    SELECT license, count(DISTINCT subject_index)::int AS users FROM rejection
    WHERE license = ANY (${numbers}) AND last_at >= ${rejectedSince(now)} GROUP BY license`;
  return new Map(rows.map(({ license, users }) => [license, users]));
}

function byLicense<Row extends { license: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const grouped = new Map<string, Row[]>();
  for (const row of rows) {
    const others = grouped.get(row.license);
    if (others) others.push(row);
    else grouped.set(row.license, [row]);
  }
  return grouped;
}
