import { createHash } from "node:crypto";
import { blocksFor } from "@/domain/blocks";
import { DAY, type Month, monthOf } from "@/domain/month";

/** One person's work in one session. Its blocks are begun by active minutes, each charged once. */
export type Session = {
  active: number;
  block: number;
  at: number;
  /** The ids of its reports, by month and app; a session that an older agent stored has none. */
  reports?: Readonly<Record<string, string>>;
};

const MINUTE = 60_000;

/** A key of fixed length, however long the names are, and without the subject. */
export function sessionKey(allotment: string, subject: string, session: string): string {
  return createHash("sha256")
    .update(JSON.stringify([allotment, subject, session]))
    .digest("base64url");
}

/** A session continues for a day after its last call, as long as the block length stays. */
export function openSession(known: Session | undefined, block: number, now: number): Session {
  const goesOn = known && known.block === block && now - known.at < DAY;
  return goesOn ? known : { active: 0, block, at: now };
}

/** The minutes to charge for `minutes` more active ones that end now, by the month in which their blocks begin. */
export function chargesByMonth({ active, block }: Session, minutes: number, now: number): Map<Month, number> {
  const charges = new Map<Month, number>();
  const after = active + minutes;
  for (let nth = blocksFor(active, block); nth < blocksFor(after, block); nth++) {
    const month = monthOf(new Date(now - (after - nth * block) * MINUTE));
    charges.set(month, (charges.get(month) ?? 0) + block);
  }
  return charges;
}

/** Whether the session is in a block that it has begun; otherwise it needs a new one to continue. */
export function isInBlock({ active, block }: Session): boolean {
  return active % block !== 0;
}

export function prunedSessions(
  sessions: ReadonlyMap<string, Session>,
  now: number,
): ReadonlyMap<string, Session> {
  const isOver = ({ at }: Session) => now - at >= DAY;
  if (![...sessions.values()].some(isOver)) return sessions;
  return new Map([...sessions].filter(([, session]) => !isOver(session)));
}
