import { type OfferRoom, type OfferState, offerState } from "@/domain/dual-use";
import { dayOf } from "@/domain/month";
import type { DualUseOffer as Row } from "@/prisma/client/client";
import { tagOf } from "@/server/store/entity-tag";

/** An offer that lets deployments of other products join a license, once an admin accepts each. */
export type DualUseOffer = OfferTerms & {
  id: string;
  products: string[];
  state: "open" | "withdrawn";
  /** Whether its last day has passed. */
  ended: boolean;
  /** How many deployments are accepted under it. */
  accepted: number;
  created: Date;
};

/** `until` is the last UTC day on which a request can be accepted; null means no end, and null `deployments` any number. */
export type OfferTerms = { deployments: number | null; until: string | null; note: string };

/** The tag of an offer's editable fields. */
export function offerTag({ id, deployments, until, note, state }: DualUseOffer): string {
  return tagOf([id, deployments, until, note, state]);
}

export function offerOf(row: Row, accepted: Map<string, number>, now: Date): DualUseOffer {
  const state: OfferState = offerState(roomOf(row), now);
  return {
    id: row.id,
    products: row.products,
    ...termsOf(row),
    state: row.withdrawnAt ? "withdrawn" : "open",
    ended: state === "ended",
    accepted: accepted.get(row.id) ?? 0,
    created: row.createdAt,
  };
}

export function roomOf(row: Row): Omit<OfferRoom, "accepted"> {
  const { until, deployments } = termsOf(row);
  return { id: row.id, deployments, until, isWithdrawn: row.withdrawnAt !== null };
}

export function termsOf({ deployments, until, note }: Row): OfferTerms {
  return { deployments, until: until && dayOf(until), note };
}

export function rowOf({ until, ...terms }: OfferTerms) {
  return { ...terms, until: until === null ? null : new Date(until) };
}

/** The terms in the form of the audit event. */
export function detailsOf({ deployments, ...terms }: OfferTerms) {
  return { deployments: deployments ?? "any number", ...terms };
}

export function areSame(one: OfferTerms, other: OfferTerms): boolean {
  return one.deployments === other.deployments && one.until === other.until && one.note === other.note;
}
