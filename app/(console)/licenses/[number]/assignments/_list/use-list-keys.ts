import { useEffect, useEffectEvent } from "react";
import { openDialog } from "@/components/shell/open-dialog";
import { usePreferences } from "@/components/shell/preferences-provider";
import { isInField } from "@/components/shell/undo-key";

/** Single-key shortcuts for seats, outside fields and dialogs. `at` is the focused row, -1 for none. */
export type ListKeys = {
  select(at: number, isRange: boolean): void;
  assign(): void;
  release(at: number): void;
  convert(at: number): void;
  escape(): void;
};

export const ROW_LINK = "data-seat";

export function useListKeys(keys: ListKeys): void {
  const { singleKeys } = usePreferences();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || (!singleKeys && event.key.length === 1)) return;
    if (event.metaKey || event.ctrlKey || event.altKey || isInField(event)) return;
    if (openDialog()) return;
    const link = document.activeElement?.closest("tr")?.querySelector(`[${ROW_LINK}]`);
    const at = Number(link?.getAttribute(ROW_LINK) ?? -1);
    const actions = new Map([
      ["x", () => keys.select(at, false)],
      ["X", () => keys.select(at, true)],
      ["a", keys.assign],
      ["r", () => keys.release(at)],
      ["v", () => keys.convert(at)],
      ["Escape", keys.escape],
    ]);
    const action = actions.get(event.key);
    if (!action) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
