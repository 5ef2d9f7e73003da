/** The end of the primary's write-ahead log at a time of this process's clock: all that was committed by then is before it. */
export type LogMark = { at: number; position: number };

/**
 * The marks with one more. Those that can't tell anything any more are dropped: older than the limit, or passed by the
 * replica before a later one was.
 */
export function withMark(
  marks: readonly LogMark[],
  mark: LogMark,
  { replayed, sinceMs }: { replayed: number | null; sinceMs: number },
): LogMark[] {
  const last = replayed === null ? -1 : marks.findLastIndex(({ position }) => position <= replayed);
  return [...marks.slice(Math.max(0, last)).filter(({ at }) => at >= sinceMs), mark];
}

/** The time up to which a replica that has replayed the log to a position has everything; null if no mark tells. */
export function completeUntil(marks: readonly LogMark[], replayed: number): number | null {
  return marks.findLast(({ position }) => position <= replayed)?.at ?? null;
}

const SHOWN_FROM_S = 5;

/** How many seconds the data of a page was old when it was read, where that is worth showing; otherwise null. */
export function shownLag(asOf: Date | null, read: Date): number | null {
  const seconds = asOf === null ? 0 : Math.floor((read.getTime() - asOf.getTime()) / 1000);
  return seconds < SHOWN_FROM_S ? null : seconds;
}
