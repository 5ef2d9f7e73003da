/** The key under which a window stores its changes across reloads. */
export const KEPT_CHANGES = "signet-changes";
