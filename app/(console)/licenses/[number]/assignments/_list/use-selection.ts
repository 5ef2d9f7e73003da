import { useRef, useState } from "react";
import { filterOf, type ListParams } from "@/app/(console)/licenses/[number]/assignments/search-params";
import type { SeatRow } from "./listed-seats";
import type { Target } from "./use-seat-work";

/** The selected seats: some of the rows, or all that match the filters. */
export function useSelection(rows: SeatRow[], total: number, params: ListParams) {
  const [picked, setPicked] = useState<ReadonlyMap<string, SeatRow>>(new Map());
  const [isAll, setAll] = useState(false);
  const last = useRef(-1);
  return {
    size: isAll ? total : picked.size,
    has: (seat: SeatRow) => isAll || picked.has(seat.instance),
    canGrow: !isAll && total > picked.size,
    all: () => setAll(true),
    clear: () => {
      setPicked(new Map());
      setAll(false);
    },
    /** Toggles a row; a range selects all rows from the one picked before. */
    pick: (at: number, isRange: boolean) => {
      const from = isRange && last.current >= 0 ? last.current : at;
      const some = rows.slice(Math.min(from, at), Math.max(from, at) + 1);
      setAll(false);
      setPicked((before) => pickedAfter(before, some, isRange));
      last.current = at;
    },
    target: (): Target | null => {
      if (isAll) return { selection: { filter: filterOf(params) }, rows, size: total };
      return picked.size > 0 ? targetOf([...picked.values()]) : null;
    },
  };
}

export function targetOf(rows: SeatRow[]): Target {
  return { selection: { instances: rows.map(({ instance }) => instance) }, rows, size: rows.length };
}

function pickedAfter(before: ReadonlyMap<string, SeatRow>, seats: SeatRow[], isRange: boolean) {
  const after = new Map(before);
  for (const seat of seats) {
    if (!isRange && before.has(seat.instance)) after.delete(seat.instance);
    else after.set(seat.instance, seat);
  }
  return after;
}
