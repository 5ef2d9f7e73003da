"use client";

import { Switch } from "@mantine/core";
import { usePreferences } from "./preferences-provider";

/** The setting for single-key shortcuts. */
export function SingleKeysChoice() {
  const { singleKeys, prefer } = usePreferences();
  return (
    <Switch
      label="Single-key shortcuts"
      description="Shortcuts without Ctrl or ⌘. Turn them off if you use dictation or press keys by mistake."
      checked={singleKeys}
      onChange={({ currentTarget }) => prefer({ singleKeys: currentTarget.checked })}
    />
  );
}
