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
  /** Confirms a change to more than one seat. */
  ask(bulk: Bulk): void;
  close(): void;
};

/**
 * The actions of buttons and keys. They apply to the selection, else to the focused row, else to the open seat; or to
 * one given seat, whatever is selected.
 */
export function actionsOf({ rows, open, why, selection, work, ask, close }: Parts) {
  const release = (target: Target | null) => {
    if (!target || why) return;
    if (target.size > 1) return ask({ kind: "release", target });
    selection.clear();
    if (open !== null && holds(target, open)) close();
    void work.release(target);
  };
  const convert = (target: Target | null) => {
    if (target && !why) ask({ kind: "convert", target });
  };
  const to = (target: Target | null) => ({ release: () => release(target), convert: () => convert(target) });
  const opened = open === null ? null : targetOfOpen(rows, open);
  const meant = (at: number): Target | null => {
    const seat = rows[at];
    return selection.target() ?? (seat ? targetOf([seat]) : opened);
  };
  return {
    release: (at: number) => release(meant(at)),
    convert: (at: number) => convert(meant(at)),
    toSeat: (seat: SeatRow) => to(targetOf([seat])),
    toOpen: to(opened),
  };
}

/** The open seat may not be among the rows that were read. */
function targetOfOpen(rows: SeatRow[], open: string): Target {
  const seat = rows.find(({ instance }) => instance === open);
  return seat ? targetOf([seat]) : { selection: { instances: [open] }, rows: [], size: 1 };
}

function holds({ selection }: Target, instance: string): boolean {
  return "instances" in selection && selection.instances.includes(instance);
}
