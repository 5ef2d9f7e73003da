import { count, counted, percent } from "@/components/numbers";
import type { BadgeState } from "@/components/state-badge";
import { pulseOf } from "@/domain/deployment-pulse";
import { DAY } from "@/domain/month";
import type { PoolShare } from "@/server/deployment-shares";

type Site = { lastSeen: string; suspicions: readonly string[] };
export type SiteBadge = { state: BadgeState; words: string };

const CLONE = ["two-places", "sequence-behind", "sequence-jump"];
const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** What is wrong with a deployment, the worst first; nothing when it calls as it should. */
export function siteBadges({ lastSeen, suspicions }: Site, now: Date): SiteBadge[] {
  const seen = new Date(lastSeen);
  const days = Math.floor((now.getTime() - seen.getTime()) / DAY);
  const silent: SiteBadge = { state: "silent", words: `Silent ${counted(days, "day")}` };
  return [...suspicious(suspicions), ...(pulseOf(seen, now) === "silent" ? [silent] : [])];
}

function suspicious(codes: readonly string[]): SiteBadge[] {
  if (codes.some((code) => CLONE.includes(code))) return [{ state: "suspected", words: "Clone suspected" }];
  if (codes.includes("base-ahead")) return [{ state: "suspected", words: "Ahead of server" }];
  return codes.length > 0 ? [{ state: "suspected", words: "Two spellings" }] : [];
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
