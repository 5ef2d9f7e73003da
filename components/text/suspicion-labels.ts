import type { SuspicionCode } from "@/domain/suspicions";

/** What is suspected, in the words of a badge. */
export const SUSPICION_NAMES: Record<SuspicionCode, string> = {
  "sequence-behind": "Clone suspected",
  "sequence-jump": "Clone suspected",
  "two-places": "Clone suspected",
  "base-ahead": "Ahead of server",
  "two-spellings": "Two spellings",
  "created-off": "Wrong dates",
};
