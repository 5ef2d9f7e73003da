import { count, counted, percent } from "@/components/numbers";
import type { BadgeState } from "@/components/state-badge";
import { SUSPICION_NAMES } from "@/components/suspicion-words";
import { pulseOf } from "@/domain/deployment-pulse";
import { DAY } from "@/domain/month";
import type { SuspicionCode } from "@/domain/suspicions";
import type { PoolShare } from "@/server/deployment-shares";

type Site = { lastSeen: string; suspected: { code: SuspicionCode } | null };
export type SiteBadge = { state: BadgeState; words: string };

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** What is wrong with a deployment, the worst first; nothing when it calls as it should. */
export function siteBadges({ lastSeen, suspected }: Site, now: Date): SiteBadge[] {
  const seen = new Date(lastSeen);
  const days = Math.floor((now.getTime() - seen.getTime()) / DAY);
  const badges: SiteBadge[] = [];
  if (suspected) badges.push({ state: "suspected", words: SUSPICION_NAMES[suspected.code] });
  if (pulseOf(seen, now) === "silent")
    badges.push({ state: "silent", words: `Silent ${counted(days, "day")}` });
  return badges;
}

/** How a deployment without a badge stands. */
export function pulseWords(lastSeen: string, now: Date): string {
  return pulseOf(new Date(lastSeen), now) === "late" ? "Late" : "OK";
}

/** How far a clock is from ours: `+41 s`, `−19 h`, `in step`. */
export function clockWords(seconds: number | null): string {
  if (seconds === null) return "–";
  const size = Math.abs(seconds);
  if (size < 2) return "in step";
  const sign = seconds > 0 ? "+" : "\u2212";
  if (size < 2 * MINUTE) return `${sign}${size} s`;
  if (size < 2 * HOUR) return `${sign}${Math.round(size / MINUTE)} min`;
  if (size < 48 * HOUR) return `${sign}${Math.round(size / HOUR)} h`;
  return `${sign}${count(Math.round(size / (24 * HOUR)))} d`;
}

/** The share of all minutes that a deployment used, over the pools. */
export function shareWords(shares: readonly PoolShare[]): string {
  const sum = (of: "consumed" | "total") => shares.reduce((all, share) => all + share[of], 0);
  return shares.length === 0 ? "–" : percent(sum("consumed"), sum("total"));
}
