import type { RejectionCode } from "./refusal";
import { type RefusalTable, refusalText } from "./refusal-text";

/** Refusals about seats and the users that hold them. */
export const SEAT_REFUSALS = {
  AUTO_ASSIGN_OFF: refusalText(
    "Automatic assignment is off",
    "A product tried to assign a seat automatically, and the license doesn't allow that for this allotment.",
    "Assign the user by hand, or turn auto-assign on in the license's settings.",
  ),
  USER_INACTIVE: refusalText(
    "The user is inactive",
    "The customer's directory says that this user is inactive, so no product can assign a seat automatically.",
    "Activate the user in the directory, or assign the seat by hand.",
  ),
  NO_AVAILABLE_UNITS: refusalText(
    "Every seat is taken",
    "All units of this allotment that are in force now are assigned, or reserved by signed definitions.",
    "Release a seat, mark a signed definition as returned, or let an issuer raise the units in the definition.",
  ),
  LICENSE_NOT_VALID: refusalText(
    "The license is not valid now",
    "The license and its grace days have ended, or it hasn't started yet.",
    "An issuer can change its dates in the definition.",
  ),
  UNKNOWN_LICENSE: refusalText(
    "There is no such license",
    "The change names a license that isn't the one of the key.",
    "Send the license number that the key is for.",
  ),
  UNKNOWN_ALLOTMENT: refusalText(
    "The license has no such allotment",
    "The definition in force has no allotment of this name for this product.",
    "Compare the name with the definition; upper and lower case don't count.",
  ),
  NOT_ASSIGNABLE: refusalText(
    "The allotment has no seats to assign",
    "This allotment counts minutes, not people.",
    "Choose an allotment that has seats.",
  ),
  INVALID_INSTANCE: refusalText(
    "The instance can't be read",
    "An instance is a decimal of at most 19 digits, as text, or empty for a new assignment.",
    "Send the instance exactly as you received it.",
  ),
  INVALID_ITEM: refusalText(
    "A value can't be read",
    "A member of the item has the wrong type.",
    "Compare the item with the API description.",
  ),
  INVALID_SUBJECT: refusalText(
    "The subject can't be used",
    "The subject is empty, longer than 200 characters, or has control characters, invisible characters or several spaces in a row.",
    "Write DOMAIN\\user, or the sub of your identity provider.",
  ),
  INVALID_TIMESTAMP: refusalText(
    "The time can't be read",
    "Times are written as in RFC 3339.",
    "Send `2026-11-28T12:31:05Z`, with the zone.",
  ),
  SUBJECT_MATCHING_IN_USE: refusalText(
    "Users are assigned",
    "How users are matched can't change while seats are assigned.",
    "Release the seats first, then change the matching.",
  ),
  ALREADY_LINKED: refusalText(
    "The user already has a seat in this allotment",
    "Linking would give one user two seats. Nothing was changed.",
    "Release one of the two seats.",
  ),
  SAME_SUBJECT: refusalText(
    "Both names are the same user already",
    "The license's user matching counts both names as one user.",
    "Name two different users.",
  ),
  ALIAS_CHAIN: refusalText(
    "An alias can't have an alias",
    "One of the names is an alias of another user, or the alias has aliases itself.",
    "Declare the alias for the user that the other name stands for, or remove the other alias first.",
  ),
  TOO_MANY_ALIASES: refusalText(
    "The user has 10 aliases",
    "A user can have 10 aliases at most.",
    "Remove an alias that is no longer needed.",
  ),
} satisfies RefusalTable;

/** What happened and what to do, for a rejection without a sentence of its own. */
export function rejectionSentence(code: RejectionCode): string {
  const { happened, remedy } = SEAT_REFUSALS[code];
  return `${happened} ${remedy}`;
}

/** The title of a rejection; null for a code that a newer version wrote. */
export function rejectionTitle(code: string): string | null {
  return isRejection(code) ? SEAT_REFUSALS[code].title : null;
}

export function isRejection(code: string): code is RejectionCode {
  return Object.hasOwn(SEAT_REFUSALS, code);
}
