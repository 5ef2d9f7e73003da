"use client";

import { useLinkStatus } from "next/link";

/** Stands in a link and marks it from the press until its page is shown: `:has([data-ahead])` draws it. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return pending ? <span data-ahead hidden /> : null;
}
