import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { ALL_REFUSALS, problemCodeOf } from "@/domain/refusals/all-refusals";
import type { Uploaded } from "@/server/offline/offline-logs";

/** The lines of a log that were rejected for the same reason; `sequences` has the first of them. */
export type LogRejection = {
  code: string;
  title: string;
  sentence: string;
  count: number;
  sequences: number[];
};

/** The result of applying or checking a log, as it is sent to the browser. */
export type LogResult = Omit<Uploaded, "rejected"> & { rejections: LogRejection[] };

/** A line of the response to an uploaded log. */
export type LogChunk = { through: number } | { result: LogResult } | { refused: RefusalNotice };

const SHOWN = 20;
/** The rejection of a line in a log; elsewhere this code is an error of a report. */
const NOT_METERED = {
  title: "The allotment counts seats",
  sentence: "Minutes can't be booked to an allotment that has seats. Nothing was booked.",
};

/** Groups rejected lines by reason, most frequent first. */
export function logResult({ rejected, ...uploaded }: Uploaded): LogResult {
  const byCode = new Map<string, number[]>();
  for (const { sequence, rejection } of rejected) {
    const known = byCode.get(rejection);
    if (known) known.push(sequence);
    else byCode.set(rejection, [sequence]);
  }
  const rejections = [...byCode].map(([code, sequences]) => ({
    ...{ code, ...wordsOf(code), count: sequences.length },
    sequences: sequences.slice(0, SHOWN),
  }));
  return { ...uploaded, rejections: rejections.toSorted((one, other) => other.count - one.count) };
}

function wordsOf(code: string): Pick<LogRejection, "title" | "sentence"> {
  if (code === "NOT_METERED") return NOT_METERED;
  const known = problemCodeOf(code.toLowerCase().replaceAll("_", "-"));
  if (!known) return { title: code, sentence: "" };
  const { title, happened, remedy } = ALL_REFUSALS[known];
  return { title, sentence: `${happened} ${remedy}` };
}
