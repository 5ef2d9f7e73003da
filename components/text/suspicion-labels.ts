import type { SuspicionCode } from "@/domain/suspicions";

/** Suspicions in the words of their badges. */
export const SUSPICION_NAMES: Record<SuspicionCode, string> = {
  "run-copied": "Clone suspected",
  "sequence-behind": "Clone suspected",
  "sequence-jump": "Clone suspected",
  "two-places": "Clone suspected",
  "base-ahead": "Ahead of server",
  "two-spellings": "Two spellings",
  "created-off": "Wrong dates",
};
