import { Refusal } from "@/domain/refusals/refusal";
import { dayOf } from "./month";

/** What became of a deployment's request to join a license with a product that is not the license's own. */
export const DUAL_USE_STATES = ["waiting", "accepted", "rejected", "withdrawn"] as const;
export type DualUseState = (typeof DUAL_USE_STATES)[number];

/** What an admin does with a request, and the states that it can be done in. */
const FROM = {
  accepted: ["waiting", "rejected", "withdrawn"],
  rejected: ["waiting"],
  withdrawn: ["accepted"],
} as const satisfies Record<Exclude<DualUseState, "waiting">, readonly DualUseState[]>;
export type DualUseDecision = keyof typeof FROM;

export const OFFER_STATES = ["open", "ended", "withdrawn"] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/** `until` is the last UTC day on which it can be accepted, `YYYY-MM-DD`; null has no end. */
type OfferTerms = { until: string | null; isWithdrawn: boolean };

/** The offers of a license that name a product, with what is accepted under each. */
export type OfferRoom = OfferTerms & { id: string; deployments: number | null; accepted: number };

/** What the store knows of a source whose product is not among the license's own. */
export type DualUse = {
  status: DualUseState | null;
  reason: string | null;
  /** The last days of the offers that name the product and were not withdrawn. */
  offers: readonly (string | null)[] | null;
};

/** So many requests of a license can wait at a time. */
export const MOST_WAITING = 100;
/** The product that an offer is for unless it names others. */
export const DUAL_USE_PRODUCT = "QV";

export function offerState({ until, isWithdrawn }: OfferTerms, now: Date): OfferState {
  if (isWithdrawn) return "withdrawn";
  return isPast(until, now) ? "ended" : "open";
}

/**
 * Why a source may not use the license with a product that is not the license's own; null where it was accepted. A
 * decision stands whatever becomes of the offers, so that a deployment learns of it by its next call.
 */
export function dualUseRefusal(product: string, dualUse: DualUse | null, now: Date): Refusal | null {
  const { status = null, reason = null, offers = null } = dualUse ?? {};
  switch (status) {
    case "accepted":
      return null;
    case "rejected":
      return new Refusal(
        "DUAL_USE_REJECTED",
        `An admin of this license rejected ${product} here: ${reason ?? "no reason was given."}`,
      );
    case "withdrawn":
      return new Refusal(
        "DUAL_USE_WITHDRAWN",
        `Dual use of this license was withdrawn for ${product} here. Ask an admin of the license to accept it again.`,
      );
    default:
      return (offers ?? []).some((until) => !isPast(until, now)) ? required(product) : notLicensed(product);
  }
}

/**
 * Why a file for a site without a network can't be for a product that is not the license's own; null where `source` is
 * one of the sources that were accepted with it. Such a site never asks itself.
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

/** How a request can be decided: `same` where it is that way already, `no` where it went another way meanwhile. */
export function decisionOn(state: DualUseState, decision: DualUseDecision): "yes" | "same" | "no" {
  if (state === decision) return "same";
  return FROM[decision].some((from) => from === state) ? "yes" : "no";
}

/** The offer that an acceptance counts on: the first with room. Refuses `OFFER_ENDED` or `OFFER_FULL`. */
export function offerWithRoom<Offer extends OfferRoom>(offers: readonly Offer[], now: Date): Offer {
  const free = firstWithRoom(offers, now);
  if (!free) throw noRoom(offers, now);
  return free;
}

/** Why nothing can be accepted on these offers, all of one product; null where one has room. */
export function whyNoRoom(offers: readonly OfferRoom[], now: Date): string | null {
  return firstWithRoom(offers, now) ? null : noRoom(offers, now).detail;
}

/** Whether as many deployments are accepted on an offer as it covers. */
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

function required(product: string): Refusal {
  return new Refusal(
    "DUAL_USE_REQUIRED",
    `Waiting for an admin to accept ${product} here. It is listed under Deployments of this license.`,
  );
}

function notLicensed(product: string): Refusal {
  return new Refusal("PRODUCT_NOT_LICENSED", `This license does not cover ${product}.`);
}
