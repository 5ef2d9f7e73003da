import { type RefusalTable, refusalText } from "./refusal-text";

/** Refusals about license enabler files, control numbers and the migration to a key. */
export const LEGACY_REFUSALS = {
  INVALID_LEF: refusalText(
    "The license enabler file can't be read",
    "A line of the file isn't valid. Nothing was changed.",
    "Check the line that the response names, then copy the whole file again.",
  ),
  LEF_CHECK_FAILED: refusalText(
    "The check code doesn't match",
    "The license enabler file was cut off or edited. Nothing was changed.",
    "Copy the whole file again, from the serial number to the check code.",
  ),
  LEF_REFUSED: refusalText(
    "Failed to get LEF from server",
    "The serial number or the control number is wrong, or no longer accepted.",
    "Check both numbers, then try again. After a few failed attempts, retrieval pauses for a while.",
  ),
  MIGRATED: refusalText(
    "The license uses a signed key now",
    "The license was migrated to a signed license key, and its control number is closed.",
    "Enter the signed license key. Ask the vendor for it.",
  ),
  NO_CONTROL: refusalText(
    "The license has no control number",
    "No control number of the license is in use.",
    "Create one first.",
  ),
} satisfies RefusalTable;
