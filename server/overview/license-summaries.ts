import { guessedSince, type LicenseHealth, rejectedSince, silence } from "@/domain/licenses/license-summary";
import { parseValidity } from "@/domain/licenses/validity";
import { dayOf } from "@/domain/month";
import { nothingHere } from "@/domain/refusals/refusal";
import { SUSPICION_CODES } from "@/domain/suspicions";
import { Prisma } from "@/prisma/client/client";
import type { LicenseSummary } from "@/server/licenses/license";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";
import { DID_CALL, IS_OFFLINE } from "@/server/store/deployment-filters";
import { store } from "@/server/store/store";

type Standing = Pick<LicenseSummary, "number" | "status" | "standing" | "valid">;
type Contacts = Pick<LicenseHealth, "contact" | "silent" | "suspected">;

const NO_CONTACT: Contacts = { contact: null, silent: null, suspected: null };

/** The health of one license now. */
export async function licenseHealthOf(license: Standing, now: Date): Promise<LicenseHealth> {
  const glance = (await licenseHealthsOf([license], now)).get(license.number);
  if (!glance) throw nothingHere();
  return glance;
}

/** The health of licenses now, by number: a few queries for any number of them, whatever months and users they have. */
export async function licenseHealthsOf(
  licenses: readonly Standing[],
  now: Date,
): Promise<Map<string, LicenseHealth>> {
  const numbers = licenses.map(({ number }) => number);
  const [allotments, contacts, rejections, requests, guesses] = await Promise.all([
    allotmentsByLicense(numbers, now),
    contactsOf(numbers, now),
    rejectionsOf(numbers, now),
    requestsOf(numbers, now),
    guessesOf(numbers, now),
  ]);
  return new Map(
    licenses.map(({ number, status, standing, valid }) => [
      number,
      {
        ...{ status, standing, endsAt: parseValidity(valid)?.to ?? null },
        ...(contacts.get(number) ?? NO_CONTACT),
        pools: allotments.get(number) ?? [],
        rejected: rejections.get(number) ?? null,
        requested: requests.get(number) ?? null,
        ...(guesses.has(number) ? { guessed: guesses.get(number) } : {}),
      },
    ]),
  );
}

type ContactRow = {
  license: string;
  contact: Date | null;
  sites: number;
  since: Date | null;
  name: string | null;
  suspected: number;
  worst: number | null;
  suspect: string | null;
};

async function contactsOf(numbers: string[], now: Date): Promise<Map<string, Contacts>> {
  const { gone, before } = silence(now);
  const rows = await store().db.$queryRaw<ContactRow[]>`
    SELECT license, max(last_seen) FILTER (WHERE ${Prisma.raw(DID_CALL)}) AS contact, count(*) FILTER (WHERE silent)::int AS sites,
      max(last_seen) FILTER (WHERE silent) AS since,
      (array_agg(coalesce(name, source) ORDER BY last_seen DESC) FILTER (WHERE silent))[1] AS name,
      count(worst)::int AS suspected, min(worst) AS worst,
      (array_agg(coalesce(name, source) ORDER BY worst, last_seen DESC) FILTER (WHERE worst IS NOT NULL))[1] AS suspect
    FROM (SELECT *, last_seen >= ${gone} AND last_seen < ${before}
          AND NOT ${Prisma.raw(IS_OFFLINE)} AS silent,
        CASE WHEN evidence <> '{}'::jsonb THEN (SELECT min(array_position(${SUSPICION_CODES}, code))
          FROM jsonb_object_keys(evidence) code) END AS worst
      FROM deployment WHERE license = ANY (${numbers})) d
    GROUP BY license`;
  return new Map(rows.map((row) => [row.license, contactsIn(row)]));
}

function contactsIn({ contact, sites, since, name, suspected, worst, suspect }: ContactRow): Contacts {
  const code = worst === null ? undefined : SUSPICION_CODES[worst - 1];
  return {
    contact,
    silent: since ? { sites, since, name: name ?? "" } : null,
    suspected: code ? { sites: suspected, code, name: suspect ?? "" } : null,
  };
}

type RejectionRow = { license: string; subjects: number; code: string };

async function rejectionsOf(numbers: string[], now: Date): Promise<Map<string, LicenseHealth["rejected"]>> {
  const rows = await store().db.$queryRaw<RejectionRow[]>`
    SELECT license, count(DISTINCT subject_index)::int AS subjects, mode() WITHIN GROUP (ORDER BY code) AS code
    FROM rejection WHERE license = ANY (${numbers}) AND last_at >= ${rejectedSince(now)} GROUP BY license`;
  return new Map(rows.map(({ license, subjects, code }) => [license, { subjects, code }]));
}

type RequestRow = { license: string; sites: number; product: string; name: string };

/** Only requests that can be accepted now count. */
async function requestsOf(numbers: string[], now: Date): Promise<Map<string, LicenseHealth["requested"]>> {
  const rows = await store().db.$queryRaw<RequestRow[]>`
    SELECT r.license, count(*)::int AS sites, (array_agg(r.product ORDER BY r.id))[1] AS product,
      (array_agg(coalesce(r.address, r.source) ORDER BY r.id))[1] AS name
    FROM dual_use_request r
    WHERE r.license = ANY (${numbers}) AND r.state = 'waiting' AND EXISTS (
      SELECT FROM dual_use_offer o WHERE o.license = r.license AND o.withdrawn_at IS NULL
        AND (o.until IS NULL OR o.until >= ${dayOf(now)}::date) AND r.product = ANY (o.products))
    GROUP BY r.license`;
  return new Map(rows.map(({ license, ...requested }) => [license, requested]));
}

/** When control numbers in use were last guessed at. */
async function guessesOf(numbers: string[], now: Date): Promise<Map<string, Date>> {
  const rows = await store().db.controlNumber.findMany({
    where: { openFor: { in: numbers }, guessedAt: { gte: guessedSince(now) } },
    select: { license: true, guessedAt: true },
  });
  return new Map(
    rows.flatMap(({ license, guessedAt }) => (guessedAt ? [[license, guessedAt] as const] : [])),
  );
}
