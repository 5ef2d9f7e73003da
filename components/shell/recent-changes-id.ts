/** What a button names that opens the recent changes. */
export const RECENT_CHANGES = "recent-changes";
