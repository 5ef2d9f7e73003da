import type { BadgeState } from "@/components/ui/state-badge";
import { type DateStyle, shortDateText } from "@/domain/dates/date-style";
import type { Need } from "@/domain/licenses/attention";
import { type LeaseTerms, leaseEnd } from "@/domain/licenses/lease";
import type { TimeAllotment } from "@/domain/licenses/license-allotments";
import { rejectionTitle } from "@/domain/refusals/seat-refusals";
import type { SuspicionCode } from "@/domain/suspicions";
import { allotmentState, allotmentUsage } from "./allotment-labels";
import { expiredText, timeLeft } from "./license-labels";
import { count, counted } from "./numbers";
import { leaseText, silentText } from "./silence-labels";
import { SUSPICION_NAMES } from "./suspicion-labels";

type Row = Parameters<typeof timeLeft>[0] & { number: string; settings: LeaseTerms };

/** A need as a row: its words, and a link to a page that shows only what it is about. */
export type NeedLabel = { state: BadgeState; badge: string; what: string; link: string; href: string };

export function needLabel(need: Need, row: Row, now: Date, dates: DateStyle): NeedLabel {
  const license = `/licenses/${row.number}`;
  const allotment = "pool" in need ? `allotment=${encodeURIComponent(need.pool.name)}` : "";
  switch (need.kind) {
    case "exceeded":
    case "overage":
    case "crossing":
      return {
        ...{
          state: need.pool.state,
          badge: allotmentState(need.pool, dates),
          what: minutesWords(need.pool, dates),
        },
        ...{ link: "Capacity", href: `${license}/capacity?${allotment}` },
      };
    case "excess":
      return {
        ...{
          state: "excess",
          badge: allotmentState(need.pool, dates),
          what: `${need.pool.name}: ${allotmentUsage(need.pool)}`,
        },
        ...{ link: "Show", href: `${license}/assignments?state=excess&${allotment}` },
      };
    case "requested":
      return {
        ...{ state: "waiting", badge: "Waiting to be accepted", what: requestedWords(need) },
        ...{ link: "Decide", href: `${license}/deployments#dual-use` },
      };
    case "rejected":
      return {
        ...{ state: "rejected", badge: "Rejected", what: rejectedWords(need) },
        ...{ link: "Show", href: `${license}/assignments?view=rejected` },
      };
    case "guessed":
      return {
        ...{ state: "suspected", badge: "Control number guessed", what: "20 failed retrievals in a day" },
        ...{ link: "Show", href: `${license}/settings#legacy` },
      };
    case "suspected":
      return {
        ...{ state: "suspected", badge: SUSPICION_NAMES[need.code], what: deploymentsOf(need) },
        ...{ link: "Show", href: `${license}/${suspectedIn(need.code)}` },
      };
    case "silent":
      return {
        ...{ state: "silent", badge: silentText(need, now), what: silentDeployments(need, row, now, dates) },
        ...{ link: "Show", href: `${license}/deployments?state=silent` },
      };
    case "ended":
      return {
        ...{
          state: "expired",
          badge: need.inGrace ? "In grace" : expiredText(row.valid, dates),
          what: timeLeft(row, now, dates),
        },
        ...{ link: "Renew", href: `${license}?renew=true` },
      };
    case "ending":
      return {
        ...{
          state: "near",
          badge: row.trial ? "Trial ends soon" : "Ends soon",
          what: timeLeft(row, now, dates),
        },
        ...{ link: "Renew", href: `${license}?renew=true` },
      };
  }
}

/** The page for a suspicion: two spellings concern users, all others deployments. */
function suspectedIn(code: SuspicionCode): string {
  return code === "two-spellings" ? "assignments?spelling=true" : "deployments?state=suspicious";
}

function minutesWords(allotment: TimeAllotment, dates: DateStyle): string {
  const { name, crossing, state } = allotment;
  const use = `${name}: ${allotmentUsage(allotment)}`;
  if (crossing?.limit !== "cap") return use;
  return state === "overage"
    ? `${use}, cap on ${shortDateText(crossing.on, dates)}`
    : `${use}, access denied then`;
}

function rejectedWords({ subjects, code }: Extract<Need, { kind: "rejected" }>): string {
  return `${rejectionTitle(code) ?? code}: ${counted(subjects, "user")} in 24 hours`;
}

function requestedWords({ sites, product, name }: Extract<Need, { kind: "requested" }>): string {
  return sites === 1 ? `Dual use of ${product}: ${name}` : `Dual use: ${name} and ${count(sites - 1)} more`;
}

function silentDeployments(
  need: Extract<Need, { kind: "silent" }>,
  row: Row,
  now: Date,
  dates: DateStyle,
): string {
  const lease = leaseText(leaseEnd(row.valid, need.since, row.settings), now, dates);
  return `${deploymentsOf(need)}, ${need.sites === 1 ? lease : `the last ${lease}`}`;
}

function deploymentsOf({ sites, name }: Extract<Need, { kind: "silent" | "suspected" }>): string {
  return sites === 1 ? name : `${name} and ${count(sites - 1)} more`;
}
