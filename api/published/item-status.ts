import { statusOf } from "@/contract/problem";
import { ALL_REFUSALS } from "@/domain/refusals/all-refusals";
import type { RejectionCode } from "@/domain/refusals/refusal";
import type { NamedSeatResult } from "@/server/assignments/changes/named-seats";

type ItemStatus = { status: number; code?: string; title?: string };

/** The only two codes that are public; every other refusal keeps the code that it has elsewhere. */
const NO_UNITS: ItemStatus = {
  status: 403,
  code: "LICENSES-011",
  title: "No available allotment error, No available allotment.",
};
const NOT_FOUND: ItemStatus = { status: 404, code: "LICENSES-016", title: "Assignment not found." };
const SEVERAL: ItemStatus = {
  status: 422,
  code: "INVALID_ITEM",
  title: "The user has several seats: name the one to move in sourceType.",
};

/** The status of an item of an action. 201 says that a user got a seat that this user didn't hold. */
export function itemStatus(result: NamedSeatResult): ItemStatus {
  if (typeof result === "object") return rejected(result.rejection);
  switch (result) {
    case "ADDED":
      return { status: 201 };
    case "NOT_FOUND":
      return NOT_FOUND;
    case "SEVERAL":
      return SEVERAL;
    default:
      return { status: 200 };
  }
}

function rejected(code: RejectionCode): ItemStatus {
  return code === "NO_AVAILABLE_UNITS"
    ? NO_UNITS
    : { status: statusOf(code), code, title: ALL_REFUSALS[code].title };
}
