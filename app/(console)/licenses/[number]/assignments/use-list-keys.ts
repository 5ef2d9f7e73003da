import { useEffect, useEffectEvent } from "react";
import { usePreferences } from "@/components/preferences-provider";
import { isInField } from "@/components/undo-key";

/** What single keys do in a list, outside of fields and dialogs. `at` is the row that has the focus, -1 for none. */
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
    if (document.querySelector("[role=dialog], dialog[open]")) return;
    const links = [...document.querySelectorAll<HTMLElement>(`[${ROW_LINK}]`)];
    const here = links.findIndex((link) => link.closest("tr")?.contains(document.activeElement));
    const at = Number(links[here]?.getAttribute(ROW_LINK) ?? -1);
    const go = (step: number) =>
      (here < 0 ? firstInView(links) : links[Math.max(0, Math.min(links.length - 1, here + step))])?.focus();
    const deeds = new Map([
      ["j", () => go(1)],
      ["ArrowDown", () => go(1)],
      ["k", () => go(-1)],
      ["ArrowUp", () => go(-1)],
      ["x", () => keys.select(at, false)],
      ["X", () => keys.select(at, true)],
      ["a", keys.assign],
      ["r", () => keys.release(at)],
      ["v", () => keys.convert(at)],
      ["Escape", keys.escape],
    ]);
    const isArrow = event.key.startsWith("Arrow");
    const deed = isArrow && here < 0 ? undefined : deeds.get(event.key);
    if (!deed) return;
    event.preventDefault();
    deed();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

/** What sticks to the top of the window is as high. */
const HEAD_PX = 88;

function firstInView(links: HTMLElement[]): HTMLElement | undefined {
  return links.find((link) => link.getBoundingClientRect().top >= HEAD_PX) ?? links[0];
}
