"use client";

import { useLinkStatus } from "next/link";

/** Marks the link around it from the press until the new page is shown; styled with `:has([data-ahead])`. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return pending ? <span data-ahead hidden /> : null;
}
