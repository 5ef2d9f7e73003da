/** The id of the recent changes, for the button that opens them. */
export const RECENT_CHANGES = "recent-changes";
