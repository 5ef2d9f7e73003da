import { type RefusalTable, refusalText } from "./refusal-text";

/** Refusals about dual use: offers, and deployments that an admin has to accept. */
export const DUAL_USE_REFUSALS = {
  DUAL_USE_REQUIRED: refusalText(
    "An admin has to accept this deployment",
    "The license doesn't list this product. The vendor offers dual use, which an admin of the license accepts for each deployment.",
    "Accept it in the console, under the license's Deployments. Our products then continue automatically; other products need to activate again.",
  ),
  DUAL_USE_REJECTED: refusalText(
    "Dual use was rejected",
    "An admin of the license rejected this deployment. The response has the reason.",
    "Ask an admin of the license. A rejected deployment can still be accepted.",
  ),
  DUAL_USE_WITHDRAWN: refusalText(
    "Dual use was withdrawn",
    "The offer or its acceptance was withdrawn for this deployment. Its users keep their seats.",
    "Ask an admin of the license to accept it again, or enter a key for this product.",
  ),
  OFFER_ENDED: refusalText(
    "The offer has ended",
    "The offer was withdrawn or has ended, so no more deployments can be accepted.",
    "Ask the vendor for a new offer, or to extend this one.",
  ),
  OFFER_FULL: refusalText(
    "The offer is used up",
    "All the deployments that the offer covers are accepted.",
    "Withdraw a deployment that no longer needs it, or ask the vendor to offer more.",
  ),
} satisfies RefusalTable;
