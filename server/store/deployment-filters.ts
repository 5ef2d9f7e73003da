import { NEVER_CALLED } from "@/domain/contact-days";

/** Deployments that called at least once; for the others `last_seen` is the first upload. */
export const HAS_CALLED = { contacts: { gt: NEVER_CALLED } };

/** `HAS_CALLED` in SQL, over columns of `deployment`. */
export const DID_CALL = `(contacts > ${NEVER_CALLED})`;

/** The deployments that `isOffline` selects: nobody expects a call of them, so they are never silent. */
export const OFFLINE = { lastUpload: { not: null }, lastReport: null, lastSync: null };

/** `OFFLINE` in SQL, over columns of `deployment`. */
export const IS_OFFLINE = "(last_upload IS NOT NULL AND last_report IS NULL AND last_sync IS NULL)";
