import { count, counted } from "@/components/text/numbers";
import type { BadgeState } from "@/components/ui/state-badge";
import { type DateStyle, dateText } from "@/domain/dates/date-style";
import { isUsedUp } from "@/domain/dual-use";
import type { DualUseOffer, OfferTerms } from "@/server/dual-use/dual-use-terms";

type Shown = Pick<DualUseOffer, "accepted" | "deployments" | "until" | "state" | "ended">;

export function offerBadge({ state, ended, accepted, deployments }: Shown): {
  state: BadgeState;
  words: string;
} {
  if (state === "withdrawn") return { state: "suspended", words: "Withdrawn" };
  if (ended) return { state: "expired", words: "Ended" };
  if (isUsedUp({ deployments, accepted })) return { state: "near", words: "Used up" };
  return { state: "within", words: "Open" };
}

/** A summary such as `1 of 3 deployments accepted. Can be accepted until 31 Dec 2026.` */
export function offerFacts(offer: Shown, dates: DateStyle): string {
  const { accepted, deployments, until, state, ended } = offer;
  if (state === "withdrawn") return "No more deployments can be accepted.";
  const use =
    deployments === null
      ? `${counted(accepted, "deployment")} accepted, any number possible.`
      : `${count(accepted)} of ${counted(deployments, "deployment")} accepted.`;
  if (until === null) return `${use} No end date.`;
  return `${use} ${ended ? "Could" : "Can"} be accepted until ${dateText(until, dates)}.`;
}

/** The terms of an offer, such as `3 deployments until 31 Dec 2026. Note: test site.` */
export function termsLabel({ deployments, until, note }: OfferTerms, dates: DateStyle): string {
  const most = deployments === null ? "Any number of deployments" : counted(deployments, "deployment");
  const end = until === null ? ", no end date" : ` until ${dateText(until, dates)}`;
  return `${most}${end}.${note ? ` Note: ${note}` : ""}`;
}

/** The effect of withdrawing the offer. */
export function withdrawalLabel({ accepted }: Pick<DualUseOffer, "accepted">): string {
  if (accepted === 0) return "No deployments were accepted, so none stop.";
  const stop =
    accepted === 1 ? "The accepted deployment stops" : `All ${count(accepted)} accepted deployments stop`;
  return `${stop} at the next contact. Offline deployments and older clients stop when their lease ends. Users keep their seats.`;
}
