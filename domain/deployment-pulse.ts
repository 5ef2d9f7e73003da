import { DAY } from "./month";

/** How long ago a deployment called: `late` from three missed syncs on, `silent` after a day. */
export type Pulse = "ok" | "late" | "silent";

/** What a list of deployments is narrowed to. */
export const DEPLOYMENT_STATES = [
  "seen",
  "silent",
  "forgettable",
  "offline",
  "suspicious",
  "behind",
  "skewed",
] as const;
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number];

/** By what a list of deployments is ordered. */
export const DEPLOYMENT_SORTS = ["name", "product", "contact", "report", "sync", "share", "first"] as const;
type SortName = (typeof DEPLOYMENT_SORTS)[number];
export type DeploymentSort = SortName | `-${SortName}`;

const MISSED_SYNCS_MS = 30 * 60_000;
/** Silence is longer than this. */
export const SILENT_MS = DAY;
/** A clock that is off by more seconds than these misdates what a deployment does. */
export const SKEWED_SECONDS = 300;
/** A deployment that called within these days is not forgotten: it would come back at its next call. */
export const FORGET_DAYS = 30;

/** When a deployment was heard of, by kind; null for what never came. */
type Heard = { lastUpload: Date | null; lastReport: Date | null; lastSync: Date | null };

/** Whether a deployment has no network: people upload its logs, and it never reported or synced on its own. */
export function isOffline({ lastUpload, lastReport, lastSync }: Heard): boolean {
  return lastUpload !== null && lastReport === null && lastSync === null;
}

export function pulseOf(lastSeen: Date, now: Date): Pulse {
  const age = now.getTime() - lastSeen.getTime();
  if (age <= MISSED_SYNCS_MS) return "ok";
  return age <= SILENT_MS ? "late" : "silent";
}

/** Until when a deployment may be forgotten by nobody: it called, or a log of it was uploaded. */
export function forgettableFrom(lastSeen: Date | null, lastUpload: Date | null): Date {
  const heard = Math.max(lastSeen?.getTime() ?? 0, lastUpload?.getTime() ?? 0);
  return new Date(heard + FORGET_DAYS * DAY);
}
