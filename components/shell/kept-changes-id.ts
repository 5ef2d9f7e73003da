/** Where a window keeps its changes while it is loaded again. */
export const KEPT_CHANGES = "signet-changes";
