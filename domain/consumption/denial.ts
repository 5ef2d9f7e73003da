import { isSubject } from "@/domain/assignments/subject";
import { nameKey } from "@/domain/licenses/definition";
import { DAY } from "@/domain/month";
import { isPlainText } from "@/domain/text";
import { parseTimestamp } from "@/domain/timestamp";

/** How often a deployment denied access within one hour for one reason. */
export type Denial = {
  hour: Date;
  reason: string;
  /** The allotment's key; empty if it concerns none. */
  allotment: string;
  /** Null if nobody was named. */
  subject: string | null;
  /** All denials of the hour so far. */
  count: number;
};

/** A denial with its position in the request, from 0. */
export type SentDenial = Denial & { index: number };

/** Whether somebody isn't entitled to access, or others have used what there is. */
export type DenialKind = "notEntitled" | "overLimit";

export type DenialErrorCode =
  | "INVALID_HOUR"
  | "INVALID_REASON"
  | "INVALID_ALLOTMENT"
  | "INVALID_SUBJECT"
  | "INVALID_COUNT"
  | "DENIALS_FULL";

/** `index` is the position of the denial in the request, from 0. */
export type DenialError = { index: number; code: DenialErrorCode; detail: string };

/** This many denials of a license, each of an hour, reason, allotment, user and deployment, are stored for a month. */
export const MAX_MONTH_DENIALS = 1_000_000;
/** This many denials can be sent in one request. */
export const MAX_DENIALS = 1000;
const OLDEST_DAYS = 40;
const MOST = 1_000_000_000;
const HOUR = DAY / 24;
const REASON = /^[A-Z][A-Z0-9_]{0,63}$/;
const OVER_LIMIT = new Set(["BUDGET_USED", "NO_AVAILABLE_UNITS"]);

const SENTENCES: Record<DenialErrorCode, string> = {
  INVALID_HOUR: `hour must be a time like 2026-08-24T10:00:00Z, in the last ${OLDEST_DAYS} days.`,
  INVALID_REASON: "reason must be a code such as NOT_ASSIGNED or QUOTA_REACHED.",
  INVALID_ALLOTMENT: "allotment must be a name of at most 200 characters, or left out.",
  INVALID_SUBJECT: "subject must be a text of 1 to 200 characters without control characters, or left out.",
  INVALID_COUNT: `count must be a whole number from 1 to ${MOST}.`,
  DENIALS_FULL: `This license has ${MAX_MONTH_DENIALS.toLocaleString("en")} denials in this month, and no new ones are stored.`,
};

export function denialError(index: number, code: DenialErrorCode): DenialError {
  return { index, code, detail: SENTENCES[code] };
}

/** Every reason that isn't about a limit is about what somebody is entitled to. */
export function denialKind(reason: string): DenialKind {
  return reason.startsWith("QUOTA_") || OVER_LIMIT.has(reason) ? "overLimit" : "notEntitled";
}

function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR) * HOUR);
}

/** Reads the denials of a report, each on its own: a bad one is left out and named by its position. */
export function readDenials(
  sent: readonly Record<string, unknown>[],
  now: Date,
): { denials: SentDenial[]; errors: DenialError[] } {
  const denials: SentDenial[] = [];
  const errors: DenialError[] = [];
  sent.forEach((one, index) => {
    const read = readDenial(one, now);
    if (typeof read === "string") errors.push(denialError(index, read));
    else denials.push({ index, ...read });
  });
  return { denials, errors };
}

function readDenial(sent: Record<string, unknown>, now: Date): Denial | DenialErrorCode {
  const { reason, allotment = null, subject = null, count } = sent;
  const at = parseTimestamp(sent.hour);
  if (!at || !isRecent(at, now)) return "INVALID_HOUR";
  if (typeof reason !== "string" || !REASON.test(reason)) return "INVALID_REASON";
  if (allotment !== null && !isPlainText(allotment)) return "INVALID_ALLOTMENT";
  if (subject !== null && subject !== "" && !isSubject(subject)) return "INVALID_SUBJECT";
  if (!Number.isSafeInteger(count) || Number(count) < 1 || Number(count) > MOST) return "INVALID_COUNT";
  const named = { allotment: nameKey(allotment ?? ""), subject: subject || null };
  return { hour: hourOf(at), reason, ...named, count: Number(count) };
}

function isRecent(at: Date, now: Date): boolean {
  const age = now.getTime() - at.getTime();
  return age <= OLDEST_DAYS * DAY && age >= -DAY;
}
