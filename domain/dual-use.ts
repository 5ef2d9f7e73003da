import { Refusal } from "@/domain/refusals/refusal";
import { dayOf } from "./month";

/** The status of a deployment's request to join a license with a product that isn't the license's own. */
export const DUAL_USE_STATES = ["waiting", "accepted", "rejected", "withdrawn"] as const;
export type DualUseState = (typeof DUAL_USE_STATES)[number];

/** The decisions of an admin, and the statuses in which each can be made. */
const FROM = {
  accepted: ["waiting", "rejected", "withdrawn"],
  rejected: ["waiting"],
  withdrawn: ["accepted"],
} as const satisfies Record<Exclude<DualUseState, "waiting">, readonly DualUseState[]>;
export type DualUseDecision = keyof typeof FROM;

export const OFFER_STATES = ["open", "ended", "withdrawn"] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/** `until` is the last UTC day on which a request can be accepted, `YYYY-MM-DD`; null means no end. */
type OfferTerms = { until: string | null; isWithdrawn: boolean };

/** An offer for a product, with the number of deployments accepted under it. */
export type OfferRoom = OfferTerms & { id: string; deployments: number | null; accepted: number };

/** The most requests that can wait in one license. */
export const MOST_WAITING = 100;
/** The product that an offer covers unless it names others. */
export const DUAL_USE_PRODUCT = "QV";

export function offerState({ until, isWithdrawn }: OfferTerms, now: Date): OfferState {
  if (isWithdrawn) return "withdrawn";
  return isPast(until, now) ? "ended" : "open";
}

/** Why a source may not use the license with a product that isn't the license's own; `reason` is the admin's. */
export function dualUseRefusal(
  code: "PRODUCT_NOT_LICENSED" | "DUAL_USE_REQUIRED" | "DUAL_USE_REJECTED" | "DUAL_USE_WITHDRAWN",
  product: string,
  reason: string | null,
): Refusal {
  switch (code) {
    case "PRODUCT_NOT_LICENSED":
      return notLicensed(product);
    case "DUAL_USE_REQUIRED":
      return new Refusal(
        code,
        `Waiting for an admin to accept ${product} here. It is listed under Deployments of this license.`,
      );
    case "DUAL_USE_REJECTED":
      return new Refusal(
        code,
        `An admin of this license rejected ${product} here: ${reason ?? "no reason was given."}`,
      );
    case "DUAL_USE_WITHDRAWN":
      return new Refusal(
        code,
        `Dual use of this license was withdrawn for ${product} here. Ask an admin of the license to accept it again.`,
      );
  }
}

/**
 * Why a signed definition can't be issued for a product that isn't the license's own; null if `source` was accepted
 * with that product. A deployment without a network can't request it itself.
 */
export function offlineDualUseRefusal(
  product: string,
  source: string | null,
  accepted: readonly string[],
): Refusal | null {
  if (source !== null && accepted.includes(source)) return null;
  if (accepted.length === 0) return notLicensed(product);
  return new Refusal(
    "PRODUCT_NOT_LICENSED",
    `${product} uses this license through dual use. Enter the source of an accepted deployment, as listed under Deployments.`,
  );
}

/** Whether a request can be decided: `same` if it has that status already, `no` if it went another way in the meantime. */
export function decisionOn(state: DualUseState, decision: DualUseDecision): "yes" | "same" | "no" {
  if (state === decision) return "same";
  return FROM[decision].some((from) => from === state) ? "yes" : "no";
}

/** The offer that an acceptance counts against: the first with room. Throws `OFFER_ENDED` or `OFFER_FULL`. */
export function offerWithRoom<Offer extends OfferRoom>(offers: readonly Offer[], now: Date): Offer {
  const free = firstWithRoom(offers, now);
  if (!free) throw noRoom(offers, now);
  return free;
}

/** Why nothing can be accepted on these offers, all for one product; null if one has room. */
export function whyNoRoom(offers: readonly OfferRoom[], now: Date): string | null {
  return firstWithRoom(offers, now) ? null : noRoom(offers, now).detail;
}

/** Whether an offer has as many accepted deployments as it covers. */
export function isUsedUp({ deployments, accepted }: Pick<OfferRoom, "deployments" | "accepted">): boolean {
  return deployments !== null && accepted >= deployments;
}

function isPast(until: string | null, now: Date): boolean {
  return until !== null && until < dayOf(now);
}

function firstWithRoom<Offer extends OfferRoom>(offers: readonly Offer[], now: Date): Offer | undefined {
  return offers.find((offer) => offerState(offer, now) === "open" && !isUsedUp(offer));
}

function noRoom(offers: readonly OfferRoom[], now: Date): Refusal {
  const open = offers.filter((offer) => offerState(offer, now) === "open");
  if (open.length === 0)
    return new Refusal(
      "OFFER_ENDED",
      "No open offer names this product. Ask the vendor for a new offer, then accept it.",
    );
  const accepted = open.reduce((sum, offer) => sum + offer.accepted, 0);
  return new Refusal(
    "OFFER_FULL",
    `All deployments of the offer are accepted (${accepted}). Withdraw one, or ask the vendor for more.`,
  );
}

function notLicensed(product: string): Refusal {
  return new Refusal("PRODUCT_NOT_LICENSED", `This license does not cover ${product}.`);
}
