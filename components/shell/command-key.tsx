"use client";

import { useOs } from "@mantine/hooks";

/** A key with the one that begins commands on this machine: `⌘ K` or `Ctrl K`. */
export function CommandKey({ letter, className }: { letter: string; className?: string }) {
  const isMac = useOs() === "macos";
  return (
    <kbd className={className}>
      {isMac ? "⌘" : "Ctrl"} {letter}
    </kbd>
  );
}
