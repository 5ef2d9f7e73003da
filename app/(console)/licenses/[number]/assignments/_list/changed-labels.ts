import { count, counted } from "@/components/text/numbers";
import { shownSubject } from "@/domain/offline/hashed-subject";

type Changed = {
  done: readonly { subject: string }[];
  left: readonly { sentence: string }[];
  /** How many of the assigned users gave up a seat of another allotment. */
  converted?: number;
};

/** What the server changed, by its own count: assigned users, or else seats, since one user may have held several. */
export function changedLabel({ done, left, converted = 0 }: Changed, verb: string, tail: string): string {
  const [first] = done;
  const unit = verb === "Assigned" ? "user" : "seat";
  const whom = done.length === 1 && first ? shownSubject(first.subject) : counted(done.length, unit);
  const skipped = left.length > 0 ? ` ${left.length} skipped: ${left[0]?.sentence}` : "";
  const moved = converted > 0 ? `, ${count(converted)} converted from another seat` : "";
  return `${verb} ${whom}${tail}${moved}.${skipped}`;
}
