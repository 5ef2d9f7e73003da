import {
  type DEPLOYMENT_SORTS,
  DEPLOYMENT_STATES,
  type DeploymentSort,
  type DeploymentState,
  FORGET_DAYS,
  SILENT_MS,
  SKEWED_SECONDS,
} from "@/domain/deployment-pulse";
import { DAY, type Month, monthOf } from "@/domain/month";
import type { Deployment as DeploymentRow, Prisma } from "@/prisma/client/client";
import {
  behind,
  decodeCursor,
  literal,
  type Page,
  pageOf,
  type Slice,
  type SortColumn,
  sortedBy,
  sortedPage,
} from "@/server/store/cursor";
import { HAS_CALLED, OFFLINE } from "@/server/store/deployment-filters";
import { reading } from "@/server/store/store";
import { type Deployment, deploymentOf } from "./deployments";

export type DeploymentFilter = {
  /** A part of the source or the name. */
  query?: string;
  state?: DeploymentState;
  product?: string;
  /** The jti of the key that it uses. */
  key?: string;
  /** Deployments whose last call was before this time. */
  before?: Date;
  sort?: DeploymentSort;
  /** The month of the minutes that `share` sorts by; the running one by default. */
  month?: Month;
};

/** The deployments of a license, last seen first unless sorted otherwise. */
export async function listDeployments(
  license: string,
  { limit, cursor, ...filter }: DeploymentFilter & Slice,
  now: Date,
): Promise<Page<Deployment>> {
  const { query = "", state, product, key, before, sort = "-contact", month = monthOf(now) } = filter;
  const asked = ["deployments", license, { query, state, product, key, before, sort, month: filter.month }];
  const where = {
    license,
    product,
    jti: key,
    ...(before ? { lastSeen: { lt: before }, ...HAS_CALLED } : {}),
    AND: [query ? matching(query) : {}, state ? inState(state, now, await versionOf(license)) : {}],
  };
  const page =
    sort === "share" || sort === "-share"
      ? await pageByShare(where, sort, { limit, cursor }, asked, month)
      : await pageByColumn(where, sort, { limit, cursor }, asked);
  return { items: page.items.map(deploymentOf), cursor: page.cursor };
}

type Where = Prisma.DeploymentWhereInput & { license: string };

async function pageByColumn(
  where: Where,
  sort: StoredSort,
  { limit, cursor }: Slice,
  asked: unknown,
): Promise<Page<DeploymentRow>> {
  const { keyset, orderBy, keyOf } = orderOf(sort);
  const rows = await reading().db.deployment.findMany({
    where: { AND: [where, behind(decodeCursor(cursor, asked), keyset)] },
    orderBy,
    take: limit + 1,
  });
  return pageOf(rows, limit, asked, (row) => ({ key: keyOf(row), id: row.source }));
}

/** Sorted by the minutes of a month, which are in another table: all matching deployments are read. */
async function pageByShare(
  where: Where,
  sort: "share" | "-share",
  slice: Slice,
  asked: unknown,
  month: Month,
): Promise<Page<DeploymentRow>> {
  const { db } = reading();
  const [rows, used] = await Promise.all([
    db.deployment.findMany({ where }),
    db.usage.groupBy({
      by: ["source"],
      where: { license: where.license, month },
      _sum: { consumed: true },
    }),
  ]);
  const digits = new Map(used.map(({ source, _sum }) => [source, `${_sum.consumed ?? 0}`.padStart(20, "0")]));
  const keys = { share: ({ source }: DeploymentRow) => digits.get(source) ?? null };
  return sortedPage(rows, slice, asked, { sort, keys, idOf: ({ source }) => source });
}

export type DeploymentCounts = Record<DeploymentState | "all", number>;

type DeploymentFacets = {
  counts: DeploymentCounts;
  products: string[];
  keys: { jti: string; label: string }[];
  version: number;
};

/** How many deployments a license has in each state, the products that they name, and the keys in use. */
export async function deploymentFacets(license: string, now: Date): Promise<DeploymentFacets> {
  const { db } = reading();
  const version = await versionOf(license);
  const count = (where: Prisma.DeploymentWhereInput) =>
    db.deployment.count({ where: { license, AND: [where] } });
  const [products, keys, all, ...states] = await Promise.all([
    db.deployment.findMany({
      where: { license, product: { not: null } },
      distinct: ["product"],
      orderBy: { product: "asc" },
      select: { product: true },
    }),
    keysInUse(license),
    count({}),
    ...DEPLOYMENT_STATES.map((state) => count(inState(state, now, version))),
  ]);
  const counts = { all, ...Object.fromEntries(DEPLOYMENT_STATES.map((state, i) => [state, states[i]])) };
  return {
    counts: counts as DeploymentCounts, // one for each of the states
    products: products.flatMap(({ product }) => product ?? []),
    keys,
    version: Number(version),
  };
}

async function keysInUse(license: string): Promise<DeploymentFacets["keys"]> {
  const { db } = reading();
  const used = await db.deployment.groupBy({ by: ["jti"], where: { license } });
  return db.signedKey.findMany({
    where: { jti: { in: used.map(({ jti }) => jti) } },
    orderBy: [{ label: "asc" }, { jti: "asc" }],
    select: { jti: true, label: true },
  });
}

async function versionOf(license: string): Promise<bigint> {
  const logHead = await reading().db.roster.findUnique({ where: { license }, select: { version: true } });
  return logHead?.version ?? 0n;
}

function inState(state: DeploymentState, now: Date, version: bigint): Prisma.DeploymentWhereInput {
  const since = new Date(now.getTime() - SILENT_MS);
  switch (state) {
    case "seen":
      return { lastSeen: { gte: since }, NOT: OFFLINE };
    case "silent":
      return { lastSeen: { lt: since }, NOT: OFFLINE };
    case "forgettable":
      return { lastSeen: { lt: new Date(now.getTime() - FORGET_DAYS * DAY) }, NOT: OFFLINE };
    case "offline":
      return OFFLINE;
    case "suspicious":
      return { NOT: { evidence: { equals: {} } } };
    case "behind":
      return { base: { lt: version } };
    case "skewed":
      return { OR: [{ clockSkew: { gt: SKEWED_SECONDS } }, { clockSkew: { lt: -SKEWED_SECONDS } }] };
  }
}

function matching(query: string): Prisma.DeploymentWhereInput {
  const contains = { contains: literal(query.trim()), mode: "insensitive" } as const;
  return { OR: [{ source: contains }, { name: contains }] };
}

type Column = Exclude<(typeof DEPLOYMENT_SORTS)[number], "share">;
type StoredSort = Column | `-${Column}`;
type Sorting = SortColumn<
  DeploymentRow,
  Prisma.DeploymentWhereInput,
  Prisma.DeploymentOrderByWithRelationInput
>;

/** Deployments without a name or a time come last in either direction. */
const COLUMNS: Record<Column, Sorting> = {
  name: {
    on: (name) => ({ name }),
    by: (sort) => ({ name: { sort, nulls: "last" } }),
    of: ({ name }) => name,
    none: { name: null },
  },
  product: {
    on: (product) => ({ product }),
    by: (sort) => ({ product: { sort, nulls: "last" } }),
    of: ({ product }) => product,
    none: { product: null },
  },
  contact: {
    on: (lastSeen) => ({ lastSeen }),
    by: (lastSeen) => ({ lastSeen }),
    of: ({ lastSeen }) => lastSeen.toISOString(),
  },
  report: {
    on: (lastReport) => ({ lastReport }),
    by: (sort) => ({ lastReport: { sort, nulls: "last" } }),
    of: ({ lastReport }) => lastReport?.toISOString() ?? null,
    none: { lastReport: null },
  },
  sync: {
    on: (lastSync) => ({ lastSync }),
    by: (sort) => ({ lastSync: { sort, nulls: "last" } }),
    of: ({ lastSync }) => lastSync?.toISOString() ?? null,
    none: { lastSync: null },
  },
  first: {
    on: (firstSeen) => ({ firstSeen }),
    by: (firstSeen) => ({ firstSeen }),
    of: ({ firstSeen }) => firstSeen.toISOString(),
  },
};

function orderOf(sort: StoredSort) {
  return sortedBy(COLUMNS, sort, { on: (source) => ({ source }), by: (source) => ({ source }) });
}
