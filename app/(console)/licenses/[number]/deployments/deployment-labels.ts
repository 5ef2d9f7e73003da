import { count } from "@/components/text/numbers";
import { leaseText, silentText } from "@/components/text/silence-labels";
import { SUSPICION_NAMES } from "@/components/text/suspicion-labels";
import type { BadgeState } from "@/components/ui/state-badge";
import { type DateStyle, shortDayText } from "@/domain/dates/date-style";
import { pulseOf } from "@/domain/deployment-pulse";
import type { SuspicionCode } from "@/domain/suspicions";
import type { AllotmentShare } from "@/server/deployments/deployment-shares";

type SimulatedDeployment = {
  lastSeen: string | null;
  leaseEnd: string | null;
  offlineUpload: string | null;
  suspected: { code: SuspicionCode; sentence: string } | null;
};
/** `why` is the full sentence, which the panel shows too; `more` is the line below the badge. */
export type DeploymentBadge = { state: BadgeState; words: string; why?: string; more?: string };

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** The problems of a deployment, worst first; empty if it calls as expected. */
export function deploymentBadges(
  { lastSeen, leaseEnd, offlineUpload, suspected }: SimulatedDeployment,
  now: Date,
  dates: DateStyle,
): DeploymentBadge[] {
  const badges: DeploymentBadge[] = [];
  if (suspected)
    badges.push({
      ...{ state: "suspected", words: SUSPICION_NAMES[suspected.code], why: suspected.sentence },
    });
  if (offlineUpload)
    badges.push({
      ...{ state: "offline", words: "Offline" },
      more: `last upload ${shortDayText(new Date(offlineUpload), dates)}`,
    });
  else if (lastSeen && leaseEnd && pulseOf(new Date(lastSeen), now) === "silent")
    badges.push({
      ...{ state: "silent", words: silentText({ sites: 1, since: new Date(lastSeen) }, now) },
      more: leaseText(new Date(leaseEnd), now, dates),
    });
  return badges;
}

/** The status of a deployment without problems; a dash if it never called. */
export function pulseLabel(lastSeen: string | null, now: Date): string {
  if (!lastSeen) return "–";
  return pulseOf(new Date(lastSeen), now) === "late" ? "Late" : "OK";
}

/** The clock drift of a deployment: `+41 s`, `−19 h`, `in sync`. */
export function clockText(seconds: number | null): string {
  if (seconds === null) return "–";
  const size = Math.abs(seconds);
  if (size < 2) return "in sync";
  const sign = seconds > 0 ? "+" : "\u2212";
  if (size < 2 * MINUTE) return `${sign}${size} s`;
  if (size < 2 * HOUR) return `${sign}${Math.round(size / MINUTE)} min`;
  if (size < 48 * HOUR) return `${sign}${Math.round(size / HOUR)} h`;
  return `${sign}${count(Math.round(size / (24 * HOUR)))} d`;
}

/** A deployment's part of all minutes, over all allotments; null if it used none. */
export function shareOf(shares: readonly AllotmentShare[]): { consumed: number; total: number } | null {
  const sum = (of: "consumed" | "total") => shares.reduce((all, share) => all + share[of], 0);
  return shares.length === 0 ? null : { consumed: sum("consumed"), total: sum("total") };
}
