"use client";

import { Switch } from "@mantine/core";
import { usePreferences } from "./preferences-provider";

/** Whether long lists come in pages in this browser. */
export function PagesChoice() {
  const { pages, prefer } = usePreferences();
  return (
    <Switch
      label="Pages, not scrolling"
      description="Assignments come 100 at a time, with links to those before and after."
      checked={pages}
      onChange={({ currentTarget }) => prefer({ pages: currentTarget.checked })}
    />
  );
}
