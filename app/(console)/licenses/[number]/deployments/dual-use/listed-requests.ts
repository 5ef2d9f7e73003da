import { type DualUseState, whyNoRoom } from "@/domain/dual-use";
import { leaseEnd } from "@/domain/licenses/lease";
import { deploymentsBySource, type KnownDeployment } from "@/server/dual-use/dual-use-deployments";
import { openDualUseOffers } from "@/server/dual-use/dual-use-offers";
import {
  countDualUseRequests,
  type DualUseRequest,
  listDualUseRequests,
} from "@/server/dual-use/dual-use-requests";
import type { License } from "@/server/licenses/license";

/** A request as it goes to the browser. */
export type RequestRow = {
  id: string;
  source: string;
  /** The name that the deployment was given, if it ever joined. */
  name: string | null;
  product: string;
  version: string | null;
  os: string | null;
  address: string | null;
  state: DualUseState;
  reason: string | null;
  last: string;
  decided: string | null;
  /** Why it cannot be accepted now; null when it can. */
  full: string | null;
  /** What a withdrawal does, in a sentence. */
  stops: StopFacts;
};

/** How an accepted deployment learns that it was withdrawn. */
export type StopFacts = { joined: boolean; knowsDualUse: boolean; leaseEnd: string | null };

export type RequestPage = { rows: RequestRow[]; all: number; offers: OfferFact[]; at: string };

/** An open offer, as the admin who decides sees it. */
export type OfferFact = {
  id: string;
  products: string[];
  accepted: number;
  deployments: number | null;
  until: string | null;
};

const MOST = 100;

/** The requests of a license as its page shows them, the first that wait on top. */
export async function listedRequests(
  license: Pick<License, "number" | "valid" | "settings">,
  now: Date,
): Promise<RequestPage> {
  const { number } = license;
  const [{ items: shown }, all, open] = await Promise.all([
    listDualUseRequests(number, { limit: MOST }),
    countDualUseRequests(number),
    openDualUseOffers(number, now),
  ]);
  const deployments = await deploymentsBySource(
    number,
    shown.map(({ source }) => source),
  );
  const whyFull = (product: string) =>
    whyNoRoom(
      open
        .filter(({ products }) => products.includes(product))
        .map((offer) => ({ ...offer, isWithdrawn: false })),
      now,
    );
  return {
    rows: shown.map((request) =>
      rowOf(request, deployments.get(request.source), whyFull(request.product), license),
    ),
    all,
    offers: open.map(({ id, products, accepted, deployments, until }) => ({
      id,
      products,
      accepted,
      deployments,
      until,
    })),
    at: now.toISOString(),
  };
}

function rowOf(
  { id, source, product, version, os, address, state, reason, last, decided }: DualUseRequest,
  deployment: KnownDeployment | undefined,
  full: string | null,
  { valid, settings }: Pick<License, "valid" | "settings">,
): RequestRow {
  const joined = deployment !== undefined && deployment.product === product;
  return {
    ...{ id, source, product, version, os, address, state, reason, name: deployment?.name ?? null },
    last: last.toISOString(),
    decided: decided?.toISOString() ?? null,
    full,
    stops: {
      joined,
      knowsDualUse: deployment?.features.includes("dual-use") ?? false,
      leaseEnd: joined ? leaseEnd(valid, deployment.lastSeen, settings).toISOString() : null,
    },
  };
}
