import { count, counted } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import type { LogKind } from "@/domain/offline/offline-log";
import type { Effects } from "@/server/offline/offline-logs";
import type { LogRejection } from "./log-result";

export const KIND_NAMES: Record<LogKind, string> = { assignments: "Assignments", consumption: "Usage" };

/** Effects as `2 seats assigned, 1 seat released` or `120 minutes of analyzer_time in August 2026`. */
export function effectsText({ added, released, minutes }: Effects): string {
  const parts = [
    ...(added > 0 ? [`${counted(added, "seat")} assigned`] : []),
    ...(released > 0 ? [`${counted(released, "seat")} released`] : []),
    ...minutes.map(
      (each) => `${counted(each.minutes, "minute")} of ${each.allotment} in ${monthText(each.month)}`,
    ),
  ];
  return parts.join(", ") || "nothing";
}

/** Sequence numbers as `4, 7, 12 and 3 more`. */
export function sequencesText({ sequences, count: all }: LogRejection): string {
  const rest = all - sequences.length;
  return `${sequences.map(count).join(", ")}${rest > 0 ? ` and ${count(rest)} more` : ""}`;
}

/** The file name of a reply, which is valid on every operating system. */
export function replyFileName(kind: LogKind, log: string): string {
  return `reply-${kind}-${log.slice(0, 8)}.jws`;
}
