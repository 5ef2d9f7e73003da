import { useLayoutEffect, useRef } from "react";
import type { SeatRow } from "./listed-seats";
import { ROW_LINK } from "./use-list-keys";

/** Removes rows from the list with `drop`; if one of them had the focus, it moves to the row that takes its place. */
export function useNextRow(rows: SeatRow[], drop: (gone: ReadonlySet<string>) => void) {
  const left = useRef<{ at: number; instance: string } | null>(null);
  useLayoutEffect(() => {
    if (!left.current || rows.some(({ instance }) => instance === left.current?.instance)) return;
    const at = Math.min(left.current.at, rows.length - 1);
    left.current = null;
    document.querySelector<HTMLElement>(`[${ROW_LINK}="${at}"]`)?.focus();
  }, [rows]);
  return (gone: ReadonlySet<string>) => {
    const link = document.activeElement?.closest("tr")?.querySelector(`[${ROW_LINK}]`);
    const at = Number(link?.getAttribute(ROW_LINK) ?? -1);
    const seat = rows[at];
    left.current = seat && gone.has(seat.instance) ? { at, instance: seat.instance } : null;
    drop(gone);
  };
}
