import { useEffect, useEffectEvent } from "react";
import { usePreferences } from "./preferences-provider";
import { isInField } from "./undo-key";

/** On many keyboards. */
const TYPED_WITH_ALT = new Set(["[", "]"]);

/**
 * Does what a single key stands for: not in fields, not while a dialog is open, not with a modifier, and not for who has
 * switched single keys off.
 */
export function useSingleKeys(act: (key: string) => boolean): void {
  const { singleKeys } = usePreferences();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!singleKeys || event.defaultPrevented || event.isComposing) return;
    if (event.metaKey || event.ctrlKey || isInField(event)) return;
    if (event.altKey && !TYPED_WITH_ALT.has(event.key)) return;
    if (document.querySelector("[role=dialog], dialog[open]")) return;
    if (act(event.key)) event.preventDefault();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
