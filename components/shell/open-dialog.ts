/** The open dialog, if any. A dialog that is a popover is always in the page, so it counts only while it is shown. */
export function openDialog(): Element | null {
  return document.querySelector("[role=dialog]:is(:not([popover]), :popover-open), dialog[open]");
}
