import { counted } from "@/components/text/numbers";
import type { BadgeState } from "@/components/ui/state-badge";
import { type DateStyle, dateText, dayText } from "@/domain/dates/date-style";
import type { DualUseState } from "@/domain/dual-use";
import type { OfferFact, RequestRow } from "./listed-requests";

export const REQUEST_BADGES: Record<DualUseState, { state: BadgeState; words: string }> = {
  waiting: { state: "waiting", words: "Waiting" },
  accepted: { state: "within", words: "Accepted" },
  rejected: { state: "rejected", words: "Rejected" },
  withdrawn: { state: "suspended", words: "Withdrawn" },
};

/** An offer as `QV, 1 of 3 deployments accepted, until 31 Dec 2026`. */
export function offerText({ products, accepted, deployments, until }: OfferFact, dates: DateStyle): string {
  const most = deployments === null ? "any number of deployments" : counted(deployments, "deployment");
  const end = until === null ? "" : `, to accept until ${dateText(until, dates)}`;
  return `${products.join(", ")} for ${most}, ${accepted} accepted${end}`;
}

/** The name of the requesting deployment. */
export function requestName({ name, source }: Pick<RequestRow, "name" | "source">): string {
  return name ?? source;
}

/** When an accepted deployment stops after the withdrawal. */
export function stopText({ stops, product }: RequestRow, dates: DateStyle): string {
  if (!stops.joined) return "It has not called since it was accepted, so nothing stops.";
  const end = stops.leaseEnd ? dayText(new Date(stops.leaseEnd), dates) : "";
  return stops.knowsDualUse
    ? `It stops at its next contact. If it can't reach this server, it works offline until ${end}.`
    : `This ${product} client doesn't say that it understands dual use. It may work until its lease ends on ${end}.`;
}
