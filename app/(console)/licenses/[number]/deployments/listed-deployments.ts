import { pageAt } from "@/app/(console)/_list/paging";
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

/** A deployment as it is sent to the browser. */
export type DeploymentRow = {
  source: string;
  name: string | null;
  product: string | null;
  version: string | null;
  os: string | null;
  /** Null for a deployment that never called. */
  lastSeen: string | null;
  lastReport: string | null;
  lastSync: string | null;
  /** The last upload of an offline log; null for a deployment with a network. */
  offlineUpload: string | null;
  /** Null for a deployment that never received a lease. */
  leaseEnd: string | null;
  /** The number of assignment changes still to fetch; null if it never synced. */
  behind: number | null;
  clockSkew: number | null;
  /** The most serious suspicion, and its explanation. */
  suspected: { code: SuspicionCode; sentence: string } | null;
  shares: AllotmentShare[];
};

export type DeploymentPage = {
  rows: DeploymentRow[];
  cursor: string | null;
  counts: DeploymentCounts;
  products: string[];
  /** The month that the shares are of. */
  month: Month;
  /** The keys in use. */
  keys: { jti: string; label: string }[];
  /** The time when the page was read. */
  at: string;
};

const PAGE = 100;

/** One page of the deployments that the URL asks for, with the number in each state. */
export async function listedDeployments(
  { number, valid, settings }: Pick<License, "number" | "valid" | "settings">,
  asked: DeploymentParams,
  now: Date,
): Promise<DeploymentPage> {
  const [page, facets] = await Promise.all([
    pageAt(asked.cursor, (cursor) =>
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
