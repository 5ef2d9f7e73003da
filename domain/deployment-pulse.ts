import { DAY } from "./month";

/** How recently a deployment called: `late` after three missed syncs, `silent` after a day. */
export type Pulse = "ok" | "late" | "silent";

/** The filters of a list of deployments. */
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

/** The sort keys of a list of deployments. */
export const DEPLOYMENT_SORTS = ["name", "product", "contact", "report", "sync", "share", "first"] as const;
type SortName = (typeof DEPLOYMENT_SORTS)[number];
export type DeploymentSort = SortName | `-${SortName}`;

const MISSED_SYNCS_MS = 30 * 60_000;
/** A deployment is silent after this time. */
export const SILENT_MS = DAY;
/** A clock that is off by more than this many seconds misdates what a deployment does. */
export const SKEWED_SECONDS = 300;
/** A deployment that called within these days can't be forgotten: it would come back at its next call. */
export const FORGET_DAYS = 30;

/** When a deployment last made contact, by kind; null for never. */
type Heard = { lastUpload: Date | null; lastReport: Date | null; lastSync: Date | null };

/** Whether a deployment has no network: people upload its logs, and it never sent a report or a sync. */
export function isOffline({ lastUpload, lastReport, lastSync }: Heard): boolean {
  return lastUpload !== null && lastReport === null && lastSync === null;
}

export function pulseOf(lastSeen: Date, now: Date): Pulse {
  const age = now.getTime() - lastSeen.getTime();
  if (age <= MISSED_SYNCS_MS) return "ok";
  return age <= SILENT_MS ? "late" : "silent";
}

/** The moment from which a deployment can be forgotten: its last call, or the last upload of its log, must be long ago. */
export function forgettableFrom(lastSeen: Date | null, lastUpload: Date | null): Date {
  const heard = Math.max(lastSeen?.getTime() ?? 0, lastUpload?.getTime() ?? 0);
  return new Date(heard + FORGET_DAYS * DAY);
}
