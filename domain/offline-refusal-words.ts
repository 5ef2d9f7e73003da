import { type RefusalTable, words } from "@/domain/refusal-text";

/** Signed definitions for sites without a network, and their logs. */
export const OFFLINE_REFUSALS = {
  TOO_MANY_CHECKOUTS: words(
    "The license has all the checkouts it can have",
    "As many signed definitions are out as the license allows at a time.",
    "Mark one as returned, wait until one expires, or let an issuer raise the limit in the license's settings.",
  ),
  CHECKOUT_OVER: words(
    "The checkout has ended",
    "The signed definition was returned or has expired.",
    "Download a new signed definition.",
  ),
  INVALID_LOG: words(
    "The log can't be used",
    "A line of it is damaged, changed, missing or of another form. Nothing was changed.",
    "Copy the whole file from the site again, and don't edit it.",
  ),
  WRONG_LICENSE: words(
    "The log is of another license",
    "Its first line names a license that isn't this one. Nothing was changed.",
    "Upload it to the license that its first line names.",
  ),
  UNKNOWN_CHECKOUT: words(
    "The signed definition of this log is unknown",
    "This license has no such checkout, or the checkout is for another deployment. Nothing was changed.",
    "Look at the checkout that the first line names, and at the backend that issued it.",
  ),
  SOURCE_IS_ONLINE: words(
    "The deployment is online",
    "It reports or syncs over the network, so its log would count twice. Nothing was changed.",
    "Give a site without a network a signed definition with a deployment id of its own.",
  ),
  UPLOAD_RUNNING: words(
    "This log is being uploaded",
    "Another upload of it hasn't ended yet. Nothing was changed by this one.",
    "Wait a minute, then upload it again: what was taken is skipped.",
  ),
  LOG_GAP: words(
    "Lines of the log are missing",
    "The file begins after the last line that is known here. Nothing was changed.",
    "Upload the whole log file, from its first line on.",
  ),
  LOG_DIVERGED: words(
    "The log doesn't match the last upload",
    "It isn't the continuation of what was uploaded before: the site was restored or began again, or this is another log of it. Nothing was changed.",
    "If the site really began again, an admin closes the old log; then upload this one.",
  ),
  LOG_CLOSED: words(
    "The log is closed",
    "An admin closed it, so nothing more of it is taken.",
    "Upload the log that the site writes now.",
  ),
} satisfies RefusalTable;
