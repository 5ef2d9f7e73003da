import { isSubject } from "@/domain/assignments/subject";
import { DAY, type Month } from "@/domain/month";
import { isPlainText } from "@/domain/text";
import { withEntry, withoutEntry } from "./layered-map";
import type { Session } from "./sessions";

/** What a session charged in one app and month, and how much of it the backend knows. */
export type SessionReport = {
  id: string;
  license: string;
  /** The key of its slot: the license, allotment and month. */
  slot: string;
  /** Null if it is anonymous. */
  subject: string | null;
  app: string;
  start: number;
  end: number;
  /** All minutes that were charged. */
  minutes: number;
  /** The minutes that the backend confirmed. */
  sent: number;
};

/** A session as a report carries it. */
export type SentSession = {
  id: string;
  subject?: string;
  app?: string;
  start: string;
  end: string;
  minutes: number;
};

type Reports = ReadonlyMap<string, SessionReport>;
/** Whose reports are kept: the license in force, and those before it that minutes are owed under. */
type Kept = {
  sessionReports: Reports;
  license: { number: string } | null;
  former: Readonly<Record<string, string>>;
};

type Used = {
  session: Session;
  license: string;
  /** The slots of the months with charges. */
  slots: ReadonlyMap<Month, string>;
  charges: ReadonlyMap<Month, number>;
  subject: string | undefined;
  app: string | undefined;
  /** Active minutes since the last call. */
  active: number;
  now: number;
};

/**
 * Beyond this many one that the backend knows leaves, if there is one among the oldest, else the oldest. Their minutes
 * are reported all the same.
 */
const KEPT_REPORTS = 20_000;
const MOST_LOOKS = 100;
/** This many fit into one request. */
const MOST_SENT = 1000;
const MINUTE = 60_000;

/** Adds charged minutes to the reports of a session. The ids of new ones are random, so that they say nothing of a user. */
export function withSessionUse(
  reports: Reports,
  used: Used,
  newId: () => string,
): { reports: Reports; session: Session } {
  const { session, license, charges, slots, now } = used;
  const app = isPlainText(used.app) ? used.app : "";
  const subject = isSubject(used.subject) ? used.subject : null;
  let next = reports;
  const known = { ...session.reports };
  for (const [month, minutes] of charges) {
    const key = `${month} ${app}`;
    const before = next.get(known[key] ?? "");
    const id = before?.id ?? newId();
    const start = before?.start ?? now - used.active * MINUTE;
    const sum = (before?.minutes ?? 0) + minutes;
    known[key] = id;
    const use = { subject, app, start, end: now, minutes: sum, sent: before?.sent ?? 0 };
    next = limited(withEntry(next, id, { id, license, slot: slots.get(month) ?? "", ...use }));
  }
  return { reports: next, session: { ...session, reports: known } };
}

/** The reports of a license that the backend doesn't know in full, by slot; as many as fit into one request. */
export function dueSessions(
  reports: Reports,
  license: string,
): ReadonlyMap<string, readonly SessionReport[]> {
  const due = [...reports.values()].filter((each) => each.license === license && each.minutes > each.sent);
  const bySlot = new Map<string, SessionReport[]>();
  for (const each of due.slice(0, MOST_SENT)) {
    const others = bySlot.get(each.slot);
    if (others) others.push(each);
    else bySlot.set(each.slot, [each]);
  }
  return bySlot;
}

export function sentSession({ id, subject, app, start, end, minutes }: SessionReport): SentSession {
  const named = { ...(subject === null ? {} : { subject }), ...(app === "" ? {} : { app }) };
  return { id, ...named, start: new Date(start).toISOString(), end: new Date(end).toISOString(), minutes };
}

/** Notes what a response confirmed. A session that the backend refused isn't sent again until it grows. */
export function withConfirmed(reports: Reports, sent: readonly SentSession[]): Reports {
  if (sent.length === 0) return reports;
  const next = new Map(reports);
  for (const { id, minutes } of sent) {
    const report = next.get(id);
    if (report) next.set(id, { ...report, sent: Math.max(report.sent, minutes) });
  }
  return next;
}

/** The reports without those of ended sessions that the backend knows, and of licenses that nothing is owed under. */
export function prunedReports({ sessionReports, license, former }: Kept, now: number): Reports {
  const isOver = (each: SessionReport) =>
    (each.license !== license?.number && !(each.license in former)) ||
    (each.sent >= each.minutes && now - each.end >= DAY);
  if (![...sessionReports.values()].some(isOver)) return sessionReports;
  return new Map([...sessionReports].filter(([, each]) => !isOver(each)));
}

/** Only some of the oldest are looked at, so that a full map costs no more than another. */
function limited(reports: Reports): Reports {
  if (reports.size <= KEPT_REPORTS) return reports;
  const oldest = firstOf(reports.values(), MOST_LOOKS);
  const leaving = oldest.find(({ sent, minutes }) => sent >= minutes) ?? oldest[0];
  return leaving ? withoutEntry(reports, leaving.id) : reports;
}

function firstOf<Value>(values: Iterable<Value>, most: number): Value[] {
  const found: Value[] = [];
  for (const value of values) {
    found.push(value);
    if (found.length === most) break;
  }
  return found;
}
