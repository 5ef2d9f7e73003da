import { useEffect, useEffectEvent } from "react";
import { openDialog } from "./open-dialog";
import { usePreferences } from "./preferences-provider";
import { isInField } from "./undo-key";

/** Many keyboard layouts need Alt to type these. */
const TYPED_WITH_ALT = new Set(["[", "]"]);

/**
 * Handles single-key shortcuts: not in fields, not while a dialog is open, not with a modifier, and not if the person
 * has turned them off.
 */
export function useSingleKeys(act: (key: string) => boolean): void {
  const { singleKeys } = usePreferences();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!singleKeys || event.defaultPrevented || event.isComposing) return;
    if (event.metaKey || event.ctrlKey || isInField(event)) return;
    if (event.altKey && !TYPED_WITH_ALT.has(event.key)) return;
    if (openDialog()) return;
    if (act(event.key)) event.preventDefault();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
