"use client";

import { useEffect } from "react";
import { rememberList } from "@/components/shell/list-steps";

/** Notes which licenses a list shows, so that `[` and `]` lead from one to the next. */
export function RememberedList({ numbers }: { numbers: readonly string[] }) {
  useEffect(() => rememberList(numbers), [numbers]);
  return null;
}
