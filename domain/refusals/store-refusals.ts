/** What to say when the store can't serve: nothing was changed, or one can't tell. Each is followed by what to do. */
export const STORE_SENTENCES = {
  STORE_UNAVAILABLE: "The license store does not answer at the moment. Nothing was changed.",
  OUTCOME_UNKNOWN: "The license store stopped answering, so we can't tell whether this was saved.",
} as const;
