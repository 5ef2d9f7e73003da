import type { Pool } from "@/domain/assignments";
import { nameKey } from "@/domain/definition";
import { hiddenIn } from "@/domain/look-alikes";
import { isSubject, type SubjectMatching, subjectKey } from "@/domain/subject";

/** One line that asks for a seat. */
export type PlanLine = { subject: string; allotment: string };

/** What would become of a line. `at` is where the same person stood first; `from` is the allotment to convert from. */
export type PlanFate =
  | {
      outcome:
        | "add"
        | "already"
        | "no-units"
        | "bad-subject"
        | "unknown-allotment"
        | "not-assignable"
        | "not-valid";
    }
  | { outcome: "convert"; from: string }
  | { outcome: "same-row"; at: number };

export type PlanOutcome = PlanFate["outcome"];

/** Outcomes that change something. */
export const TAKEN: readonly PlanOutcome[] = ["add", "convert"];

type Held = { allotment: string };

type Known = {
  pools: ReadonlyMap<string, Pool>;
  matching: SubjectMatching;
  accepts: boolean;
  /** The seats that a subject holds now, by its key. */
  heldBy(key: string): readonly Held[];
};

/**
 * Tells line by line what would become of it, each on what the ones before it would take. A person who holds another
 * seat is converted. It promises nothing: units may go elsewhere before the lines are sent.
 */
export function planLines({ pools, matching, accepts, heldBy }: Known) {
  const free = new Map([...pools].map(([key, { units, live }]) => [key, units - live]));
  const first = new Map<string, number>();
  const take = (key: string, by: number) => free.set(key, (free.get(key) ?? 0) - by);
  return (line: PlanLine, at: number): PlanFate => {
    if (!isSubject(line.subject)) return { outcome: "bad-subject" };
    const wanted = nameKey(line.allotment.trim());
    const pool = pools.get(wanted);
    if (!pool) return { outcome: "unknown-allotment" };
    if (pool.class !== "assigned") return { outcome: "not-assignable" };
    const key = subjectKey(line.subject, matching);
    const before = first.get(key);
    if (before !== undefined) return { outcome: "same-row", at: before };
    first.set(key, at);
    const held = heldBy(key);
    if (held.some(({ allotment }) => allotment === wanted)) return { outcome: "already" };
    if (hiddenIn(line.subject)) return { outcome: "bad-subject" };
    if (!accepts) return { outcome: "not-valid" };
    if ((free.get(wanted) ?? 0) <= 0) return { outcome: "no-units" };
    take(wanted, 1);
    const [old] = held;
    if (!old) return { outcome: "add" };
    take(old.allotment, -1);
    return { outcome: "convert", from: pools.get(old.allotment)?.name ?? old.allotment };
  };
}
