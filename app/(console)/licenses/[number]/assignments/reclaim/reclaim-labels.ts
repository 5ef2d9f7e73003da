import { count, counted } from "@/components/text/numbers";
import { type DateStyle, dateText } from "@/domain/dates/date-style";
import type { ExemptionKind } from "@/domain/reclaim/never-release";
import type { ReclaimPlan } from "@/domain/reclaim/reclaim-plan";
import type { ReclaimRule } from "@/domain/reclaim/reclaim-rule";
import type { RunInterval } from "@/domain/reclaim/run-schedule";
import type { SeatsUndone } from "@/server/assignments/undo/seat-undo";

export const INTERVAL_LABELS: Record<RunInterval, string> = {
  day: "Every day",
  week: "Every Monday",
  month: "On the 1st of each month",
};

export const EXEMPTION_LABELS: Record<ExemptionKind, string> = {
  subject: "User",
  pattern: "Pattern",
  directory: "Directory",
};

/** What a rule does, in two sentences. */
export function ruleSentence({ idleDays, graceDays, noticeDays, most, every }: ReclaimRule): string {
  const interval = INTERVAL_LABELS[every].toLowerCase().replace("monday", "Monday");
  return `Seats not used for ${counted(idleDays, "day")}, and new seats not used within ${counted(graceDays, "day")}, are released ${counted(noticeDays, "day")} after a notice. Runs ${interval}, at most ${counted(most, "seat")} each.`;
}

/** Beside a rule, and in its preview, while no run begins. */
export const STOPPED_SENTENCE = "No run begins while the license is suspended, revoked or expired.";

/** Why seats stay, with their numbers: `36 in use, 2 new, 4 of silent deployments`. */
export function keptSentence({ used, new: fresh, unreported, silent, exempt }: ReclaimPlan["kept"]): string {
  const parts = [
    [used, "in use"],
    [fresh, "new"],
    [unreported, "whose deployment does not report use"],
    [silent, "of silent deployments"],
    [exempt, "on the never-release list"],
  ] as const;
  return parts.flatMap(([seats, words]) => (seats > 0 ? [`${count(seats)} ${words}`] : [])).join(", ");
}

type Quiet = { since: string; lastUsed: string | null };

/** Why a seat is released: `Never used since 3 Aug 2026`, when it was added. */
export function reasonLabel({ since, lastUsed }: Quiet, dates: DateStyle): string {
  if (lastUsed === null) return `Never used since ${dateText(since, dates)}`;
  return `Last used ${dateText(lastUsed, dates)}`;
}

const RESULTS: Record<string, string> = {
  released: "Released",
  used: "Kept: used since the notice",
  gone: "Released by somebody else",
  exempt: "Kept: on the never-release list",
  new: "Kept: new",
  silent: "Kept: deployment silent",
  unreported: "Kept: deployment does not report use",
};

export function resultLabel({ result, restored }: { result: string | null; restored: boolean }): string {
  if (restored) return "Restored";
  return result === null ? "To be released" : (RESULTS[result] ?? result);
}

export function undoneLabel({ undone, stayed, sentence }: SeatsUndone): string {
  const restored = `${counted(undone, "seat")} restored.`;
  return stayed === 0 ? restored : `${restored} ${counted(stayed, "seat")} not: ${sentence ?? ""}`;
}
