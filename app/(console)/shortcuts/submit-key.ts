import { useEffect, useEffectEvent } from "react";
import { openDialog } from "@/components/shell/open-dialog";

/** ⌘Enter or Ctrl+Enter submits the form around the focus, or presses the last button of the open dialog. */
export function useSubmitKey(): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isSubmit = event.key === "Enter" && (event.metaKey || event.ctrlKey) && !event.repeat;
    if (!isSubmit || event.defaultPrevented || event.isComposing) return;
    const button = buttonFor(event.target);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

/** The main action of a dialog without a form is its last button. */
function buttonFor(target: EventTarget | null): HTMLElement | null {
  const form = target instanceof Element ? target.closest("form") : null;
  const dialog = openDialog();
  const asked = form ?? dialog?.querySelector("form");
  if (asked) return [...asked.elements].find(isSubmit) ?? null;
  return dialog?.querySelector<HTMLElement>("[data-actions] > button:last-child") ?? null;
}

function isSubmit(element: Element): element is HTMLButtonElement {
  return element instanceof HTMLButtonElement && element.type === "submit";
}
