import { foldSubject } from "@/domain/subject";
import type { Prisma } from "@/prisma/client/client";
import { behind, decodeCursor, type Keyset, literal, type Page, pageOf, type Slice } from "./cursor";
import { licenseScope, type Principal } from "./gate";
import { type LicenseSummary, type LicenseWithCustomer, summaryOf } from "./licenses";
import { store } from "./store";

export const LICENSE_SORTS = ["number", "customer", "product", "ends", "created", "updated"] as const;
export type LicenseSort = (typeof LICENSE_SORTS)[number];

export type LicenseFilter = {
  /** Digits find numbers that begin with them, other text finds customers and products that contain it. */
  query?: string;
  customer?: string;
  status?: "active" | "suspended" | "revoked";
  sort?: LicenseSort | `-${LicenseSort}`;
};

/** The licenses that one may see, newest first unless sorted otherwise. */
export async function listLicenses(
  principal: Principal,
  { limit, cursor, ...filter }: LicenseFilter & Slice,
  now: Date,
): Promise<Page<LicenseSummary>> {
  const { query, customer, status, sort = "-created" } = filter;
  const asked = ["licenses", query ?? "", customer ?? "", status ?? "", sort];
  const { keyset, orderBy, keyOf } = orderOf(sort);
  const rows = await store().db.license.findMany({
    where: {
      AND: [
        licenseScope(principal),
        { customerId: customer, status },
        query ? matching(query) : {},
        behind(decodeCursor(cursor, asked), keyset),
      ],
    },
    orderBy,
    take: limit + 1,
    include: { customer: true },
  });
  const page = pageOf(rows, limit, asked, (row) => ({ key: keyOf(row), id: row.number }));
  const valid = await validities(page.items);
  return {
    items: page.items.map((row) => summaryOf(row, { valid: valid.get(row.definitionId) ?? "" }, now)),
    cursor: page.cursor,
  };
}

function matching(query: string): Prisma.LicenseWhereInput {
  const digits = query.replace(/\s/g, "");
  if (/^[0-9]+$/.test(digits)) return { number: { startsWith: digits } };
  const contains = literal(foldSubject(query));
  return {
    OR: [
      { customer: { nameKey: { contains } } },
      { product: { contains: literal(query.trim()), mode: "insensitive" } },
    ],
  };
}

type Condition = Parameters<Keyset<unknown>["onKey"]>[0];
type Column = {
  on: (condition: Condition) => Prisma.LicenseWhereInput;
  by: (direction: "asc" | "desc") => Prisma.LicenseOrderByWithRelationInput;
  of: (row: LicenseWithCustomer & { customer: { nameKey: string } }) => string | null;
  none?: Prisma.LicenseWhereInput;
};

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
  const direction = sort.startsWith("-") ? "desc" : "asc";
  const { on, by, of, none } = COLUMNS[sort.replace("-", "") as LicenseSort];
  const keyset: Keyset<Prisma.LicenseWhereInput> = {
    direction,
    onKey: on,
    onId: (number) => ({ number }),
    onNone: none,
  };
  const orderBy: Prisma.LicenseOrderByWithRelationInput[] = [by(direction), { number: direction }];
  return { keyset, orderBy, keyOf: of };
}

/** `valid` as it was written, which only the definition has. */
async function validities(rows: { definitionId: string }[]): Promise<Map<string, string>> {
  const ids = rows.map(({ definitionId }) => definitionId);
  const found = await store().db.$queryRaw<{ id: string; valid: string }[]>`
    SELECT id::text, content ->> 'valid' AS valid FROM definition WHERE id = ANY (${ids}::uuid[])`;
  return new Map(found.map(({ id, valid }) => [id, valid]));
}
