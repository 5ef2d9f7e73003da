import { type RefusalTable, words } from "@/domain/refusal-text";

const ASK_VENDOR = "Ask the vendor of the license.";

/** Licenses, their keys, definitions and deployments. */
export const LICENSE_REFUSALS = {
  INVALID_KEY: words(
    "The signed license key is not valid",
    "The key is missing, cut off, changed, or signed by a key that this server doesn't accept.",
    "Copy the whole key from the console and enter it again. A product keeps running on its lease meanwhile.",
  ),
  KEY_REVOKED: words(
    "The key was revoked",
    "This license key was revoked, for good.",
    `${ASK_VENDOR} Enter the new key.`,
  ),
  KEY_WITHDRAWN: words(
    "The signing key was withdrawn",
    "The key that signed this license key is no longer valid, so the license key can't be shown again.",
    "Issue a new license key.",
  ),
  SIGNING_KEY_ACTIVE: words(
    "The signing key is active",
    "New license keys are signed with it.",
    "Rotate to a new signing key first.",
  ),
  ALREADY_REVOKED: words(
    "It was revoked already",
    "What is revoked stays revoked.",
    "Issue or create a new one.",
  ),
  LICENSE_REVOKED: words("The license was revoked", "This license was revoked, for good.", ASK_VENDOR),
  LICENSE_SUSPENDED: words(
    "The license is suspended",
    "Products are refused for as long as the license is suspended. Nothing is lost.",
    `${ASK_VENDOR} Products continue at their next contact once it is resumed.`,
  ),
  LICENSE_NOT_VALID: words(
    "The license is not valid now",
    "The license has ended, with its grace days, or hasn't begun.",
    "An issuer can change its dates in the definition.",
  ),
  PRODUCT_NOT_LICENSED: words(
    "The license does not cover this product",
    "The product that called isn't among the products of the license.",
    "Enter a key for this product, or let the vendor add the product to the license.",
  ),
  NAME_TAKEN: words(
    "The name is taken",
    "Another one has this name; upper and lower case don't count.",
    "Choose another name.",
  ),
  NUMBER_TAKEN: words(
    "The license number is taken",
    "A license with this number exists.",
    "Leave the number out to get a free one, or choose another.",
  ),
  NOTHING_TO_CORRECT: words(
    "There is nothing to correct",
    "The license has only its first definition.",
    "Save a new definition without `correction=true`.",
  ),
  USAGE_CLASS_FIXED: words(
    "The usage class of an allotment is fixed",
    "An allotment that counts seats can't become one that counts minutes, or the other way round.",
    "Give the new allotment another name.",
  ),
  DEPLOYMENT_ALIVE: words(
    "The deployment still calls",
    "A deployment that called within the last 30 days can't be removed: it would come back at its next call.",
    "Take the key out of that product first, then remove the deployment after 30 days.",
  ),
  TOO_MANY_DEPLOYMENTS: words(
    "The license has all the deployments it can have",
    "A license can have 10,000 deployments.",
    "Remove deployments that no longer call, and let each site keep its source over restarts.",
  ),
} satisfies RefusalTable;
