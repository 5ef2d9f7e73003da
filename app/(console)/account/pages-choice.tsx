"use client";

import { Switch } from "@mantine/core";
import { usePreferences } from "@/components/shell/preferences-provider";

/** The setting for long lists: pages, or scrolling. */
export function PagesChoice() {
  const { pages, prefer } = usePreferences();
  return (
    <Switch
      label="Pages instead of scrolling"
      description="Show 100 assignments at a time, with links to newer and older ones."
      checked={pages}
      onChange={({ currentTarget }) => prefer({ pages: currentTarget.checked })}
    />
  );
}
