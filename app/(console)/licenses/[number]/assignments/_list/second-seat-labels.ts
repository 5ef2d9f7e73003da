import { count } from "@/components/text/numbers";
import type { SecondSeat } from "@/server/assignments/changes/second-seats";

/** A warning that users hold, or would hold, a second seat; empty if nobody does. */
export function secondSeatLabel(second: readonly SecondSeat[], when: "ahead" | "done"): string {
  const [first, ...more] = second;
  if (!first) return "";
  const who = `${first.subject} already ${when === "done" ? "had" : "has"} a ${first.held} seat`;
  const others = more.length > 0 ? `, and ${count(more.length)} more have another seat` : "";
  return when === "done"
    ? `${who}${others}, so this is a second seat.`
    : `${who}${others}. Assigning adds a second seat. To move a user, convert the seat instead.`;
}
