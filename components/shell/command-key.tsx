"use client";

import { useOs } from "@mantine/hooks";

/** A shortcut with this machine's command key: `⌘ K` or `Ctrl K`. */
export function CommandKey({ letter, className }: { letter: string; className?: string }) {
  const isMac = useOs() === "macos";
  return (
    <kbd className={className}>
      {isMac ? "⌘" : "Ctrl"} {letter}
    </kbd>
  );
}
