import { useEffect, useEffectEvent } from "react";
import { openDialog } from "./open-dialog";
import { usePreferences } from "./preferences-provider";
import { isInField } from "./undo-key";

const STEPS: Record<string, 1 | -1> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/**
 * `j` and `k` move to the next and previous row of the page's lists, from the focused or open row, or else to the first
 * visible row. Arrow keys do so only from a row, even if single keys are off.
 */
export function useRowKeys(): void {
  const { singleKeys } = usePreferences();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step || event.defaultPrevented || isInField(event)) return;
    if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
    if (openDialog()) return;
    const isArrow = event.key.length > 1;
    const rows = rowsOfPage();
    const focused = rows.findIndex(({ row }) => row.contains(document.activeElement));
    if (rows.length === 0 || (isArrow ? focused < 0 : !singleKeys)) return;
    const here =
      focused < 0 ? rows.findIndex(({ row }) => row.getAttribute("aria-current") === "true") : focused;
    const next = here < 0 ? firstInView(rows) : rows[Math.max(0, Math.min(rows.length - 1, here + step))];
    event.preventDefault();
    next?.way.focus();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

type Row = { row: HTMLTableRowElement; way: HTMLElement };

/** The rows with something to focus: the link that names the row, or else the first link or button in it. */
function rowsOfPage(): Row[] {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>("main tbody tr:has(> th[scope=row])")];
  return rows.flatMap((row) => {
    const way = row.querySelector<HTMLElement>("th a") ?? row.querySelector<HTMLElement>("a, button");
    return way ? [{ row, way }] : [];
  });
}

/** The height of the sticky elements at the top of the window. */
const HEAD_PX = 88;

function firstInView(rows: Row[]): Row | undefined {
  return rows.find(({ way }) => way.getBoundingClientRect().top >= HEAD_PX) ?? rows[0];
}
