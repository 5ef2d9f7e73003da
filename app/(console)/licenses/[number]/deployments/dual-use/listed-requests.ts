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

/** A request as it is sent to the browser. */
export type RequestRow = {
  id: string;
  source: string;
  /** The deployment's name; null if it never joined or was never named. */
  name: string | null;
  product: string;
  version: string | null;
  os: string | null;
  address: string | null;
  state: DualUseState;
  reason: string | null;
  last: string;
  decided: string | null;
  /** Why the request can't be accepted now; null if it can. */
  full: string | null;
  /** The facts that say when a withdrawal takes effect. */
  stops: StopFacts;
};

/** What determines when an accepted deployment learns of its withdrawal. */
export type StopFacts = { joined: boolean; knowsDualUse: boolean; leaseEnd: string | null };

export type RequestPage = { rows: RequestRow[]; all: number; offers: OfferFact[]; at: string };

/** An open offer as the deciding admin sees it. */
export type OfferFact = {
  id: string;
  products: string[];
  accepted: number;
  deployments: number | null;
  until: string | null;
};

const MOST = 100;

/** The requests of a license, those waiting longest first. */
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
