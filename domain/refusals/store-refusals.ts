/**
 * Sentences for a store that can't serve: nothing was changed, or the outcome is unknown. Advice on what to do
 * follows each.
 */
export const STORE_SENTENCES = {
  STORE_UNAVAILABLE: "The license store isn't responding at the moment. Nothing was changed.",
  OUTCOME_UNKNOWN: "The license store stopped answering, so we can't tell whether this was saved.",
} as const;
