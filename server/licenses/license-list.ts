import { foldSubject } from "@/domain/assignments/subject";
import { USUAL_PRODUCT } from "@/domain/legacy/lef-products";
import { licenseDigits } from "@/domain/licenses/license-number";
import type { Prisma } from "@/prisma/client/client";
import { customerScope, licenseScope, type Principal } from "@/server/access/gate";
import {
  behind,
  decodeCursor,
  literal,
  type Page,
  pageOf,
  type Slice,
  type SortColumn,
  sortedBy,
} from "@/server/store/cursor";
import { numberWhere } from "@/server/store/number-search";
import { reading, store } from "@/server/store/store";
import type { LicenseSummary, LicenseWithCustomer } from "./license";
import { summaryOf } from "./license-representation";
import { notedWith } from "./notes";

export const LICENSE_SORTS = ["number", "customer", "product", "ends", "created", "updated"] as const;
export type LicenseSort = (typeof LICENSE_SORTS)[number];

export type LicenseFilter = {
  /**
   * Four digits or more find numbers that contain them, fewer those that begin with them; any text finds customers,
   * labels of keys and notes that contain it.
   */
  query?: string;
  customer?: string;
  /** Licenses of one of these customers. */
  customers?: string[];
  status?: "active" | "suspended" | "revoked";
  product?: string;
  /** Licenses whose validity ends in this interval. */
  ends?: { from: Date; before: Date };
  sort?: LicenseSort | `-${LicenseSort}`;
};

/** The licenses that a principal can see, newest first unless sorted otherwise. */
export async function listLicenses(
  principal: Principal,
  { limit, cursor, ...filter }: LicenseFilter & Slice,
  now: Date,
): Promise<Page<LicenseSummary>> {
  const { sort = "-created" } = filter;
  const asked = askedOf(filter);
  const { keyset, orderBy, keyOf } = orderOf(sort);
  const rows = await reading().db.license.findMany({
    where: { AND: [await licensesWhere(principal, filter), behind(decodeCursor(cursor, asked), keyset)] },
    orderBy,
    take: limit + 1,
    include: { customer: true },
  });
  const page = pageOf(rows, limit, asked, (row) => ({ key: keyOf(row), id: row.number }));
  return { items: await summariesOf(page.items, now), cursor: page.cursor };
}

/** Rows in the form for lists. */
export async function summariesOf(rows: LicenseWithCustomer[], now: Date): Promise<LicenseSummary[]> {
  const valid = await validities(rows);
  return rows.map((row) => summaryOf(row, { valid: valid.get(row.definitionId) ?? "" }, now));
}

/** The database condition of a filter, within the scope. Customers, labels and notes are looked up first, in their own tables. */
export async function licensesWhere(
  principal: Principal,
  { query, customer, customers, status, product, ends }: LicenseFilter,
): Promise<Prisma.LicenseWhereInput> {
  return {
    AND: [
      licenseScope(principal),
      { customerId: customer, status, product },
      customers ? { customerId: { in: customers } } : {},
      ends ? { endsAt: { gte: ends.from, lt: ends.before } } : {},
      query ? await matching(principal, query) : {},
    ],
  };
}

function askedOf({ query, customer, status, product, ends, sort = "-created" }: LicenseFilter): unknown {
  const end = ends && [ends.from.toISOString(), ends.before.toISOString()];
  return ["licenses", query ?? "", customer ?? "", status ?? "", product ?? "", end ?? "", sort];
}

async function matching(principal: Principal, query: string): Promise<Prisma.LicenseWhereInput> {
  const digits = licenseDigits(query);
  const numbered = digits ? [numberWhere(digits)] : [];
  const [customers, labels, noted] = await Promise.all([
    reading().db.customer.findMany({
      where: { AND: [customerScope(principal), { nameKey: { contains: literal(foldSubject(query)) } }] },
      select: { id: true },
    }),
    reading().db.signedKey.findMany({
      where: { label: { contains: literal(query.trim()), mode: "insensitive" } },
      select: { licenseNumber: true },
      distinct: ["licenseNumber"],
    }),
    notedWith(principal, query),
  ]);
  return {
    OR: [
      ...numbered,
      { customerId: { in: [...customers.map(({ id }) => id), ...noted.customers] } },
      { number: { in: [...labels.map(({ licenseNumber }) => licenseNumber), ...noted.licenses] } },
    ],
  };
}

/** The products of the licenses that a principal can see, by name. */
export async function productChoices(principal: Principal): Promise<string[]> {
  const rows = await reading().db.license.groupBy({
    by: ["product"],
    where: licenseScope(principal),
    orderBy: { product: "asc" },
  });
  return rows.map(({ product }) => product);
}

/** The product that most of the licenses in scope have. */
export async function usualProduct(principal: Principal): Promise<string> {
  const [row] = await store().db.license.groupBy({
    by: ["product"],
    where: licenseScope(principal),
    orderBy: [{ _count: { number: "desc" } }, { product: "asc" }],
    take: 1,
  });
  return row?.product ?? USUAL_PRODUCT;
}

type Column = SortColumn<
  LicenseWithCustomer & { customer: { nameKey: string } },
  Prisma.LicenseWhereInput,
  Prisma.LicenseOrderByWithRelationInput
>;

const COLUMNS: Record<LicenseSort, Column> = {
  number: { on: (number) => ({ number }), by: (number) => ({ number }), of: ({ number }) => number },
  customer: {
    on: (nameKey) => ({ customer: { nameKey } }),
    by: (nameKey) => ({ customer: { nameKey } }),
    of: ({ customer }) => customer.nameKey,
  },
  product: { on: (product) => ({ product }), by: (product) => ({ product }), of: ({ product }) => product },
  ends: {
    on: (endsAt) => ({ endsAt }),
    by: (sort) => ({ endsAt: { sort, nulls: "last" } }),
    of: ({ endsAt }) => endsAt?.toISOString() ?? null,
    none: { endsAt: null },
  },
  created: {
    on: (createdAt) => ({ createdAt }),
    by: (createdAt) => ({ createdAt }),
    of: ({ createdAt }) => createdAt.toISOString(),
  },
  updated: {
    on: (updatedAt) => ({ updatedAt }),
    by: (updatedAt) => ({ updatedAt }),
    of: ({ updatedAt }) => updatedAt.toISOString(),
  },
};

function orderOf(sort: NonNullable<LicenseFilter["sort"]>) {
  return sortedBy(COLUMNS, sort, { on: (number) => ({ number }), by: (number) => ({ number }) });
}

/** `valid` as it was written, which only the definition has. */
async function validities(rows: { definitionId: string }[]): Promise<Map<string, string>> {
  const ids = rows.map(({ definitionId }) => definitionId);
  const found = await reading().db.$queryRaw<{ id: string; valid: string }[]>`
    SELECT id::text, content ->> 'valid' AS valid FROM definition WHERE id = ANY (${ids}::uuid[])`;
  return new Map(found.map(({ id, valid }) => [id, valid]));
}
