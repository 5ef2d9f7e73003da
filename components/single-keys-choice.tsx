"use client";

import { Switch } from "@mantine/core";
import { usePreferences } from "./preferences-provider";

/** Whether single keys are shortcuts in this browser. */
export function SingleKeysChoice() {
  const { singleKeys, prefer } = usePreferences();
  return (
    <Switch
      label="Single keys"
      description="Shortcuts of one key without Ctrl or ⌘. Switch them off if you dictate, or press keys by mistake."
      checked={singleKeys}
      onChange={({ currentTarget }) => prefer({ singleKeys: currentTarget.checked })}
    />
  );
}
