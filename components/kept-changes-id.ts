/** Where a window keeps its changes while it is loaded anew. */
export const KEPT_CHANGES = "signet-changes";
