import { count } from "@/components/text/numbers";
import type { SecondSeat } from "@/server/assignments/changes/second-seats";

/** A note that users got a second seat; empty if nobody did. */
export function secondSeatLabel(second: readonly SecondSeat[]): string {
  const [first, ...more] = second;
  if (!first) return "";
  const others = more.length > 0 ? `, and ${count(more.length)} more have another seat` : "";
  return `${first.subject} already had a ${first.held} seat${others}, so this is a second seat.`;
}
