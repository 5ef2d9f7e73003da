import type { RejectionCode } from "@/domain/refusal";

/** Why the backend did not give a seat, for a person. */
const REJECTED: Record<RejectionCode, string> = {
  UNKNOWN_LICENSE: "The backend has another license under this key.",
  INVALID_INSTANCE: "The backend can't read the number of this assignment.",
  INVALID_ITEM: "The backend can't read a value of this assignment.",
  INVALID_SUBJECT:
    "The backend can't take this subject: it is empty, too long, or has characters that nobody sees.",
  INVALID_TIMESTAMP: "The backend cannot read the time of this assignment.",
  UNKNOWN_ALLOTMENT: "The license no longer has this allotment.",
  NOT_ASSIGNABLE: "This allotment counts minutes, not people.",
  LICENSE_NOT_VALID: "The license is not valid now.",
  AUTO_ASSIGN_OFF: "Automatic assignment was switched off.",
  NO_AVAILABLE_UNITS: "Every seat is taken. Release one, or ask for more.",
};

/** The backend's own sentence behind its code, else ours. */
export function rejectionWords(rejection: string): { code: string; reason: string } {
  const [code = "", ...sentence] = rejection.split(":");
  const words = Object.entries(REJECTED).find(([known]) => known === code)?.[1];
  return { code, reason: sentence.join(":").trim() || (words ?? "The backend refused it.") };
}
