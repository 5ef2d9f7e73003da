import { cursorIn } from "@/app/(console)/_list/page-cursors";
import { firstPageOnBadCursor } from "@/app/(console)/_list/paging";
import { isOffline } from "@/domain/deployment-pulse";
import { leaseEnd } from "@/domain/licenses/lease";
import { type Month, monthOf } from "@/domain/month";
import { type SuspicionCode, worstSuspicion } from "@/domain/suspicions";
import {
  type DeploymentCounts,
  deploymentFacets,
  listDeployments,
} from "@/server/deployments/deployment-list";
import { type AllotmentShare, deploymentShares } from "@/server/deployments/deployment-shares";
import type { Deployment } from "@/server/deployments/deployments";
import type { License } from "@/server/licenses/license";
import { type DeploymentParams, filterOf } from "./search-params";

/** A deployment as it goes to the browser. */
export type DeploymentRow = {
  source: string;
  name: string | null;
  product: string | null;
  version: string | null;
  os: string | null;
  /** Null for a site that never called. */
  lastSeen: string | null;
  lastReport: string | null;
  lastSync: string | null;
  /** Of a site without a network: when a log of it was uploaded last. */
  offlineUpload: string | null;
  /** Null for a site that was never told anything. */
  leaseEnd: string | null;
  /** Changes of assignments that it still has to fetch; null when it never synced. */
  behind: number | null;
  clockSkew: number | null;
  /** The worst that is suspected of it, and why. */
  suspected: { code: SuspicionCode; sentence: string } | null;
  shares: AllotmentShare[];
};

export type DeploymentPage = {
  rows: DeploymentRow[];
  cursor: string | null;
  counts: DeploymentCounts;
  products: string[];
  /** The month of the shares. */
  month: Month;
  /** The keys that deployments use. */
  keys: { jti: string; label: string }[];
  /** When it was read. */
  at: string;
};

const PAGE = 100;

/** One page of the deployments that an address asks for, with how many there are in each state. */
export async function listedDeployments(
  { number, valid, settings }: Pick<License, "number" | "valid" | "settings">,
  asked: DeploymentParams,
  now: Date,
): Promise<DeploymentPage> {
  const [page, facets] = await Promise.all([
    firstPageOnBadCursor(cursorIn(asked.cursor), (cursor) =>
      listDeployments(number, { ...filterOf(asked), limit: PAGE, cursor }, now),
    ),
    deploymentFacets(number, now),
  ]);
  const month = asked.month ?? monthOf(now);
  const sources = page.items.map(({ source }) => source);
  const shares = await deploymentShares(number, month, sources);
  const rows = page.items.map(({ source, name, product, version, os, base, ...deployment }) => ({
    ...{ source, name, product, version, os },
    lastSeen: deployment.lastSeen?.toISOString() ?? null,
    lastReport: deployment.lastReport?.toISOString() ?? null,
    lastSync: deployment.lastSync?.toISOString() ?? null,
    offlineUpload: (isOffline(deployment) && deployment.lastUpload?.toISOString()) || null,
    leaseEnd: deployment.lastSeen && leaseEnd(valid, deployment.lastSeen, settings).toISOString(),
    behind: base === null ? null : Math.max(0, facets.version - base),
    clockSkew: deployment.clockSkew,
    suspected: suspectedOf(deployment),
    shares: shares.get(source) ?? [],
  }));
  const { counts, products, keys } = facets;
  return { rows, cursor: page.cursor, counts, products, keys, month, at: now.toISOString() };
}

function suspectedOf({ evidence }: Pick<Deployment, "evidence">): DeploymentRow["suspected"] {
  const worst = worstSuspicion(evidence);
  return worst ? { code: worst.code, sentence: worst.sentence } : null;
}
