import { createHash } from "node:crypto";
import { isSubject, type SubjectMatching, subjectKey } from "@/domain/assignments/subject";
import { nameKey } from "@/domain/licenses/definition";
import { DAY } from "@/domain/month";
import { withEntry } from "./layered-map";

/** How often access was denied in an hour for one reason, and how much of it the backend knows. */
export type DenialCount = {
  license: string;
  /** The start of the hour, in milliseconds. */
  hour: number;
  reason: string;
  /** Empty if the denial concerns no allotment. */
  allotment: string;
  /** Null if nobody was named. */
  subject: string | null;
  count: number;
  /** The count that the backend confirmed. */
  sent: number;
};

/** A denial as a report carries it. */
export type SentDenial = {
  hour: string;
  reason: string;
  allotment?: string;
  subject?: string;
  count: number;
};

type Denials = ReadonlyMap<string, DenialCount>;
type Denying = {
  license: { number: string; settings: { subjectMatching: SubjectMatching } } | null;
  offline: object | null;
  denials: Denials;
};
type Denied = { reason?: string; allotment?: string; subject?: unknown };

/** Beyond this many, denials are counted without the user. */
const KEPT_DENIALS = 10_000;
const MOST_SENT = 1000;
/** The backend takes no older ones. */
const KEPT_FOR = 40 * DAY;
const HOUR = DAY / 24;

/** Counts a denial, if there is a license and a backend to report it to. */
export function withDenial<State extends Denying>(
  state: State,
  { reason, allotment = "", subject }: Denied,
  now: number,
): State {
  const { license, denials } = state;
  if (!license || state.offline || !reason) return state;
  const hour = Math.floor(now / HOUR) * HOUR;
  const keyFor = (named: string | null) =>
    denialKey([license.number, hour, reason, nameKey(allotment)], named, license.settings.subjectMatching);
  const named = isSubject(subject) ? subject : null;
  const who = denials.has(keyFor(named)) || denials.size < KEPT_DENIALS ? named : null;
  const fresh = { license: license.number, hour, reason, allotment, subject: who, count: 0, sent: 0 };
  const known = denials.get(keyFor(who)) ?? fresh;
  return { ...state, denials: withEntry(denials, keyFor(who), { ...known, count: known.count + 1 }) };
}

/** A key of fixed length, however long the names are. */
function denialKey(of: (string | number)[], subject: string | null, matching: SubjectMatching): string {
  const who = subject === null ? null : subjectKey(subject, matching);
  return createHash("sha256")
    .update(JSON.stringify([...of, who]))
    .digest("base64url");
}

/** The denials of a license that the backend doesn't know in full; as many as fit into one request. */
export function dueDenials(denials: Denials, license: string): ReadonlyMap<string, DenialCount> {
  const due = [...denials].filter(([, each]) => each.license === license && each.count > each.sent);
  return new Map(due.slice(0, MOST_SENT));
}

export function sentDenial({ hour, reason, allotment, subject, count }: DenialCount): SentDenial {
  const named = {
    ...(allotment === "" ? {} : { allotment }),
    ...(subject === null ? {} : { subject }),
  };
  return { hour: new Date(hour).toISOString(), reason, ...named, count };
}

/** Notes what a response confirmed. One that the backend refused isn't sent again until it grows. */
export function withConfirmedDenials(denials: Denials, sent: ReadonlyMap<string, DenialCount>): Denials {
  if (sent.size === 0) return denials;
  const next = new Map(denials);
  for (const [key, { count }] of sent) {
    const known = next.get(key);
    if (known) next.set(key, { ...known, sent: Math.max(known.sent, count) });
  }
  return next;
}

/**
 * Leaves out denials that the backend knows in full once their hour has ended, and those that are too old for it to
 * take.
 */
export function prunedDenials(denials: Denials, now: number): Denials {
  const isOver = ({ hour, count, sent }: DenialCount) =>
    now - hour >= KEPT_FOR || (sent >= count && now - hour >= HOUR);
  if (![...denials.values()].some(isOver)) return denials;
  return new Map([...denials].filter(([, each]) => !isOver(each)));
}
