import { nameKey } from "@/domain/licenses/definition";
import { hiddenIn } from "@/domain/look-alikes";
import type { AllotmentSeats } from "./assignment";
import { type PlacedWish, type SeatWish, seatQueue } from "./seat-queue";
import { isSubject } from "./subject";

/** One line of an import: a user and the allotment to take a seat of. */
export type PlanLine = { subject: string; allotment: string };

/**
 * The planned result of a line. `at` is the line where the same user came first; `from` is the allotment to convert
 * from. Lines are sent in the order of their `turn`; lines with the same turn only work together.
 */
export type PlannedResult =
  | {
      outcome: "already" | "no-units" | "bad-subject" | "unknown-allotment" | "not-assignable" | "not-valid";
    }
  | { outcome: "add"; turn: number }
  | { outcome: "convert"; from: string; turn: number }
  | { outcome: "same-row"; at: number };

export type PlanResult = PlannedResult["outcome"];

/** Results that change something. */
export const TAKEN: readonly PlanResult[] = ["add", "convert"];

type Held = { allotment: string };

type Known = {
  pools: ReadonlyMap<string, AllotmentSeats>;
  /** The key of the user that a subject names. */
  keyOf(subject: string): string;
  accepts: boolean;
  /** The seats that a user holds now, by the key. */
  heldBy(key: string): readonly Held[];
};

export type Planner = {
  /** Decides a line by what the lines before it take; `no-units` may still change. */
  decide(line: PlanLine, at: number): PlannedResult;
  /** The results that changed once all lines were read, by line index. */
  revised(): Map<number, PlannedResult>;
};

/**
 * Plans the result of each line. A user who holds another seat is converted. The end state counts: a line gets a seat
 * that a later line frees, and lines that wait for each other's seats get them together. A plan promises nothing:
 * units may be taken before the lines are sent.
 */
export function planLines({ pools, keyOf, accepts, heldBy }: Known): Planner {
  const queue = seatQueue(pools);
  const first = new Map<string, number>();
  const late = new Map<number, PlannedResult>();
  let turns = 0;

  function taken({ from }: SeatWish, turn: number): PlannedResult {
    if (from === undefined) return { outcome: "add", turn };
    return { outcome: "convert", from: pools.get(from)?.name ?? from, turn };
  }

  function wish(asked: PlacedWish): PlannedResult {
    const [own, ...others] = queue.ask(asked);
    if (!own) return { outcome: "no-units" };
    const result = taken(own, ++turns);
    for (const other of others) late.set(other.at, taken(other, ++turns));
    return result;
  }

  return {
    decide(line, at) {
      if (!isSubject(line.subject)) return { outcome: "bad-subject" };
      const to = nameKey(line.allotment.trim());
      const allotment = pools.get(to);
      if (!allotment) return { outcome: "unknown-allotment" };
      if (allotment.class !== "assigned") return { outcome: "not-assignable" };
      const key = keyOf(line.subject);
      const before = first.get(key);
      if (before !== undefined) return { outcome: "same-row", at: before };
      first.set(key, at);
      const held = heldBy(key);
      if (held.some(({ allotment }) => allotment === to)) return { outcome: "already" };
      if (hiddenIn(line.subject)) return { outcome: "bad-subject" };
      if (!accepts) return { outcome: "not-valid" };
      return wish({ at, to, from: held[0]?.allotment });
    },
    revised() {
      for (const ring of queue.rings()) {
        turns += 1;
        for (const one of ring) late.set(one.at, taken(one, turns));
      }
      return late;
    },
  };
}
