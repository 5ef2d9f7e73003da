import { rightOf } from "@/domain/roles";
import { isUuid } from "@/domain/uuid";
import { allow, customerScope, licenseScope, type Principal } from "@/server/access/gate";
import { type CustomerSummary, listCustomers } from "@/server/licenses/customers";
import type { LicenseSummary } from "@/server/licenses/license";
import { listLicenses } from "@/server/licenses/license-list";
import { licenseByNumber } from "@/server/licenses/licenses";
import { literal } from "@/server/store/cursor";
import { reading, store } from "@/server/store/store";

export type DeploymentFound = { license: string; source: string; name: string | null };
export type KeyFound = { license: string; jti: string; label: string; revoked: Date | null };

export type Found = {
  licenses: LicenseSummary[];
  customers: Pick<CustomerSummary, "id" | "name">[];
  deployments: DeploymentFound[];
  keys: KeyFound[];
};

/** A search; `license` is the open one, whose deployments and keys are found by a part of their names. */
export type Search = { query: string; license?: string };

const MOST = 6;

/**
 * The things in scope that match a text, a few of each kind. Outside of the open license, only the beginning of a
 * name matches.
 */
export async function search(who: Principal, { query, license }: Search, now: Date): Promise<Found> {
  allow(who, "licenses.read");
  const open = license !== undefined && (await isSeen(who, license)) ? license : null;
  const [licenses, customers, deployments, keys] = await Promise.all([
    listLicenses(who, { query, limit: MOST }, now),
    listCustomers(who, { query, limit: MOST }),
    rightOf(who.role, "deployments.read") === "yes" ? findDeployments(who, open, query) : [],
    rightOf(who.role, "keys.read") === "yes" ? findKeys(who, open, query) : [],
  ]);
  return { licenses: licenses.items, customers: customers.items, deployments, keys };
}

/** The licenses and customers with these ids, in their order; missing ones and those out of scope are left out. */
export async function searchAgain(
  who: Principal,
  ids: { licenses: string[]; customers: string[] },
  now: Date,
): Promise<Pick<Found, "licenses" | "customers">> {
  allow(who, "licenses.read");
  const { db } = store();
  const [numbers, customers] = await Promise.all([
    db.license.findMany({
      where: { AND: [licenseScope(who), { number: { in: ids.licenses } }] },
      select: { number: true },
    }),
    db.customer.findMany({
      where: { AND: [customerScope(who), { id: { in: ids.customers.filter((id) => isUuid(id)) } }] },
      select: { id: true, name: true },
    }),
  ]);
  const seen = new Set(numbers.map(({ number }) => number));
  const again = ids.licenses.filter((number) => seen.has(number));
  return { licenses: await Promise.all(again.map((number) => licenseByNumber(number, now))), customers };
}

async function isSeen(who: Principal, number: string): Promise<boolean> {
  const where = { AND: [licenseScope(who), { number }] };
  return (await store().db.license.findFirst({ where, select: { number: true } })) !== null;
}

/** Operators of text_pattern_ops, whose index is used even by a plan that doesn't know the text. */
const BEGINNING = {
  name: "search_deployments",
  text: `SELECT d.license, d.source, d.name FROM deployment d JOIN license l ON l.number = d.license
    WHERE l.copy_of IS NULL AND ($1::uuid[] IS NULL OR l.customer_id = ANY ($1::uuid[]))
      AND ($2::text IS NULL OR l.number = $2::text)
      AND ((lower(d.source) ~>=~ $3 AND lower(d.source) ~<~ $4) OR (lower(d.name) ~>=~ $3 AND lower(d.name) ~<~ $4))
    LIMIT $5::int`,
};
const PAST_ALL = "\u{10FFFF}";

async function findDeployments(
  who: Principal,
  open: string | null,
  query: string,
): Promise<DeploymentFound[]> {
  const begin = query.trim().toLowerCase();
  const scope = [who.customers, who.license];
  const [here, elsewhere] = await Promise.all([
    open ? deploymentsLike(open, query) : [],
    reading().sql.query<DeploymentFound>(BEGINNING, [...scope, begin, begin + PAST_ALL, MOST]),
  ]);
  return [...here, ...elsewhere.filter(({ license }) => license !== open)].slice(0, MOST);
}

function deploymentsLike(license: string, query: string): Promise<DeploymentFound[]> {
  const like = { contains: literal(query.trim()), mode: "insensitive" } as const;
  return reading().db.deployment.findMany({
    where: { license, OR: [{ source: like }, { name: like }] },
    orderBy: [{ lastSeen: "desc" }, { source: "desc" }],
    take: MOST,
    select: { license: true, source: true, name: true },
  });
}

/** By the full id in every license, by a part of the label in the open one. */
async function findKeys(who: Principal, open: string | null, query: string): Promise<KeyFound[]> {
  const text = query.trim();
  const label = { contains: literal(text), mode: "insensitive" } as const;
  if (!isUuid(text) && !open) return [];
  const rows = await reading().db.signedKey.findMany({
    where: {
      license: licenseScope(who),
      ...(isUuid(text) ? { jti: text.toLowerCase() } : { licenseNumber: open ?? "", label }),
    },
    orderBy: { issuedAt: "desc" },
    take: MOST,
    select: { licenseNumber: true, jti: true, label: true, revokedAt: true },
  });
  return rows.map(({ licenseNumber, jti, label: of, revokedAt }) => ({
    license: licenseNumber,
    jti,
    label: of,
    revoked: revokedAt,
  }));
}
