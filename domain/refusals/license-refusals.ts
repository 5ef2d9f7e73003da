import { type RefusalTable, refusalText } from "./refusal-text";

const ASK_VENDOR = "Ask the vendor of the license.";

/** Refusals about licenses, their keys, definitions and deployments. */
export const LICENSE_REFUSALS = {
  INVALID_KEY: refusalText(
    "The signed license key is not valid",
    "The key is missing, cut off, changed, or signed by a key that this server doesn't accept.",
    "Copy the whole key from the console and enter it again. Meanwhile the product keeps running on its lease.",
  ),
  KEY_REVOKED: refusalText(
    "The key was revoked",
    "This license key was revoked permanently.",
    "Ask the vendor for a new key, then enter it.",
  ),
  KEY_WITHDRAWN: refusalText(
    "The signing key was withdrawn",
    "The key that signed this license key is no longer valid, so the license key can't be shown again.",
    "Issue a new license key.",
  ),
  SIGNING_KEY_ACTIVE: refusalText(
    "The signing key is active",
    "New license keys are signed with it.",
    "Rotate to a new signing key first.",
  ),
  ALREADY_REVOKED: refusalText("Already revoked", "Revoking can't be undone.", "Issue or create a new one."),
  LICENSE_REVOKED: refusalText(
    "The license was revoked",
    "This license was revoked permanently.",
    ASK_VENDOR,
  ),
  LICENSE_SUSPENDED: refusalText(
    "The license is suspended",
    "Products are refused while the license is suspended. Nothing is lost.",
    "Ask the vendor to resume it. Products then continue at their next contact.",
  ),
  PRODUCT_NOT_LICENSED: refusalText(
    "The license does not cover this product",
    "The license doesn't list the product that called.",
    "Enter a key for this product, or ask the vendor to add the product to the license.",
  ),
  NAME_TAKEN: refusalText(
    "The name is taken",
    "Another entry already has this name. Names are case-insensitive.",
    "Choose another name.",
  ),
  NUMBER_TAKEN: refusalText(
    "The license number is taken",
    "A license with this number exists.",
    "Leave the number out to get one assigned, or choose another.",
  ),
  NOTHING_TO_CORRECT: refusalText(
    "There is nothing to correct",
    "The license has only its first definition.",
    "Save a new definition without `correction=true`.",
  ),
  USAGE_CLASS_FIXED: refusalText(
    "The usage class of an allotment is fixed",
    "An allotment that counts seats can't become one that counts minutes, or the other way round.",
    "Give the new allotment another name.",
  ),
  DEPLOYMENT_ALIVE: refusalText(
    "The deployment is still in use",
    "A deployment that called within the last 30 days can't be forgotten: it would come back at its next call.",
    "Remove the key from that product first, then forget the deployment after 30 days.",
  ),
  TOO_MANY_DEPLOYMENTS: refusalText(
    "The license has reached its deployment limit",
    "A license can have at most 10,000 deployments.",
    "Forget deployments that no longer call, and make sure that each deployment keeps its source across restarts.",
  ),
} satisfies RefusalTable;
