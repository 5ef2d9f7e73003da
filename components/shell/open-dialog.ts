/** The dialog that is open, if any. One in a popover is always in the page, and open only while it is shown. */
export function openDialog(): Element | null {
  return document.querySelector("[role=dialog]:not([popover]), [role=dialog]:popover-open, dialog[open]");
}
