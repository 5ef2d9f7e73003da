import { idEcho } from "@/domain/assignments/echo";
import { isSubject } from "@/domain/assignments/subject";
import { addMonths, DAY, type Month, monthOf } from "@/domain/month";
import { isPlainText } from "@/domain/text";
import { parseTimestamp } from "@/domain/timestamp";

/** A session of use within one month. `minutes` is all that it used in the month so far. */
export type UsageSession = {
  id: string;
  /** Null if it is anonymous. */
  subject: string | null;
  /** Empty if no app was named. */
  app: string;
  start: Date;
  end: Date;
  minutes: number;
};

/** By what the minutes of sessions are summed. */
export const TOP_KINDS = ["user", "app", "deployment"] as const;
export type TopKind = (typeof TOP_KINDS)[number];

/** Why one session of a report wasn't stored. */
export type SessionErrorCode =
  | "INVALID_SESSION"
  | "INVALID_ID"
  | "INVALID_SUBJECT"
  | "INVALID_APP"
  | "INVALID_TIME"
  | "INVALID_MINUTES"
  | "SESSION_TOO_OLD"
  | "SESSIONS_FULL";

export type SessionError = { id: string | number | undefined; code: SessionErrorCode; detail: string };

/** This many sessions of a license are stored for a month. */
export const MAX_MONTH_SESSIONS = 2_000_000;
/** This many sessions can be sent in one request. */
export const MAX_SESSIONS = 1000;
const MOST_MINUTES = 1_000_000_000;

const SENTENCES: Record<SessionErrorCode, string> = {
  INVALID_SESSION: "sessions must be an array of objects.",
  INVALID_ID: "id must be a text of 1 to 200 characters without control characters.",
  INVALID_SUBJECT: "subject must be a text of 1 to 200 characters without control characters, or left out.",
  INVALID_APP: "app must be a text of at most 200 characters without control characters, or left out.",
  INVALID_TIME:
    "start and end must be times like 2026-08-24T10:00:00Z, the end not before the start and not in the future.",
  INVALID_MINUTES: `minutes must be a whole number from 0 to ${MOST_MINUTES}.`,
  SESSION_TOO_OLD: "Sessions of this month aren't kept any more.",
  SESSIONS_FULL: `This license has ${MAX_MONTH_SESSIONS.toLocaleString("en")} sessions in this month, and no more are stored. Its minutes are counted all the same.`,
};

export function sessionError(id: string | number | undefined, code: SessionErrorCode): SessionError {
  return { id, code, detail: SENTENCES[code] };
}

/** The first month whose sessions are kept: each at least for `months` whole months after its own. */
export function firstKeptMonth(now: Date, months: number): Month {
  return addMonths(monthOf(now), -months);
}

/** What the shares of a month are of. Sessions can add up to more than was counted: they are reported independently. */
export function wholeOf({ total, inSessions }: { total: number; inSessions: number }): number {
  return Math.max(total, inSessions, 1);
}

/** Reads the sessions of an element, each on its own: a bad one is left out and named. */
export function readSessions(
  sent: unknown,
  { month, first, now }: { month: Month; first: Month; now: Date },
): { sessions: UsageSession[]; errors: SessionError[] } {
  const sessions: UsageSession[] = [];
  const errors: SessionError[] = [];
  if (!Array.isArray(sent)) return { sessions, errors: [sessionError(undefined, "INVALID_SESSION")] };
  for (const one of sent) {
    const read = month < first ? tooOld(one) : readSession(one, now);
    if ("code" in read) errors.push(read);
    else sessions.push(read);
  }
  return { sessions, errors };
}

function tooOld(sent: unknown): SessionError {
  return sessionError(isFields(sent) ? idEcho(sent.id) : undefined, "SESSION_TOO_OLD");
}

function readSession(sent: unknown, now: Date): UsageSession | SessionError {
  if (!isFields(sent)) return sessionError(undefined, "INVALID_SESSION");
  const { subject = null, app = null, minutes } = sent;
  const fault = (code: SessionErrorCode) => sessionError(idEcho(sent.id), code);
  const id = typeof sent.id === "number" ? String(sent.id) : sent.id;
  if (!isPlainText(id) || id === "") return fault("INVALID_ID");
  if (subject !== null && subject !== "" && !isSubject(subject)) return fault("INVALID_SUBJECT");
  if (app !== null && !isPlainText(app)) return fault("INVALID_APP");
  const start = parseTimestamp(sent.start);
  const end = parseTimestamp(sent.end);
  if (!start || !end || start > end || end.getTime() > now.getTime() + DAY) return fault("INVALID_TIME");
  if (!Number.isSafeInteger(minutes) || Number(minutes) < 0 || Number(minutes) > MOST_MINUTES)
    return fault("INVALID_MINUTES");
  return { id, subject: subject || null, app: app ?? "", start, end, minutes: Number(minutes) };
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
