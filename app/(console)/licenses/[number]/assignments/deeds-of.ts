import type { Bulk } from "./bulk-dialog";
import type { SeatRow } from "./listed-seats";
import type { Target, useSeatWork } from "./use-seat-work";
import { targetOf, type useSelection } from "./use-selection";

type Parts = {
  rows: SeatRow[];
  open: string | null;
  why: string | null;
  selection: ReturnType<typeof useSelection>;
  work: Pick<ReturnType<typeof useSeatWork>, "release">;
  /** Asks before more than one is changed. */
  ask(bulk: Bulk): void;
  close(): void;
};

/** What buttons and keys do to what is meant: the selection, else the row that has the focus, else the seat that is open. */
export function deedsOf({ rows, open, why, selection, work, ask, close }: Parts) {
  const meant = (at: number): Target | null => {
    const seat = rows[at] ?? rows.find(({ instance }) => instance === open);
    return selection.target() ?? (seat ? targetOf([seat]) : null);
  };
  const release = (at: number) => {
    const target = meant(at);
    if (!target || why) return;
    if (target.size > 1) return ask({ kind: "release", target });
    selection.clear();
    close();
    void work.release(target);
  };
  const convert = (at: number) => {
    const target = meant(at);
    if (target && !why) ask({ kind: "convert", target });
  };
  return { release, convert };
}
