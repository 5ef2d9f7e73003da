import { type RefusalTable, refusalText } from "./refusal-text";

/** Refusals about signed definitions for deployments without a network, and their logs. */
export const OFFLINE_REFUSALS = {
  TOO_MANY_CHECKOUTS: refusalText(
    "The license has reached its checkout limit",
    "The license doesn't allow any more signed definitions at the same time.",
    "Mark one as returned, wait until one expires, or let an issuer raise the limit in the license's settings.",
  ),
  CHECKOUT_OVER: refusalText(
    "The checkout has ended",
    "The signed definition was returned or has expired.",
    "Download a new signed definition.",
  ),
  INVALID_LOG: refusalText(
    "The log can't be used",
    "A line is damaged, changed, missing or in the wrong format. Nothing was changed.",
    "Copy the whole file from the deployment again, and don't edit it.",
  ),
  WRONG_LICENSE: refusalText(
    "The log belongs to another license",
    "Its first line names another license. Nothing was changed.",
    "Upload it to the license that its first line names.",
  ),
  UNKNOWN_CHECKOUT: refusalText(
    "The signed definition of this log is unknown",
    "This license has no such checkout, or the checkout is for another deployment. Nothing was changed.",
    "Check which checkout the first line names, and which backend issued it.",
  ),
  SOURCE_IS_ONLINE: refusalText(
    "The deployment is online",
    "It reports or syncs over the network, so its log would count twice. Nothing was changed.",
    "For a deployment without a network, issue a signed definition with its own source.",
  ),
  UPLOAD_RUNNING: refusalText(
    "This log is being uploaded",
    "Another upload of it is still running. Nothing was changed by this one.",
    "Wait a minute, then upload it again. Lines that were already applied are skipped.",
  ),
  LOG_GAP: refusalText(
    "Lines of the log are missing",
    "The file starts after the last line received here. Nothing was changed.",
    "Upload the whole log file, from its first line.",
  ),
  LOG_DIVERGED: refusalText(
    "The log doesn't match the last upload",
    "It doesn't continue the last upload: the deployment was restored or started over, or this is a different log. Nothing was changed.",
    "If the deployment did start over, ask an admin to close the old log. Then upload this one.",
  ),
  LOG_CLOSED: refusalText(
    "The log is closed",
    "An admin closed it, so no more lines are accepted.",
    "Upload the log that the deployment is writing now.",
  ),
} satisfies RefusalTable;
