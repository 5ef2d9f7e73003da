"use client";

import { useEffect } from "react";
import { rememberList } from "@/components/shell/list-steps";

/** Remembers the licenses of a list, so that `[` and `]` go from one to the next. */
export function RememberedList({ numbers }: { numbers: readonly string[] }) {
  useEffect(() => rememberList(numbers), [numbers]);
  return null;
}
