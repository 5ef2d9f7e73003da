import { createHash } from "node:crypto";
import { blocksFor } from "@/domain/blocks";
import { DAY, type Month, monthOf } from "@/domain/month";

/** One person's work in one session. Its blocks are begun by active minutes, each charged once. */
export type Session = {
  active: number;
  block: number;
  at: number;
  /** The minutes that were charged, if blocks are paid before they begin. */
  paid?: number;
  /** Whether the last block was used before it could be paid. */
  isShort?: boolean;
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
export function chargesByMonth(session: Session, minutes: number, now: number): Map<Month, number> {
  const charges = new Map<Month, number>();
  const { block } = session;
  const after = session.active + minutes;
  for (let nth = Math.round(chargedSoFar(session) / block); nth < blocksFor(after, block); nth++) {
    const month = monthOf(new Date(now - (after - nth * block) * MINUTE));
    charges.set(month, (charges.get(month) ?? 0) + block);
  }
  return charges;
}

/** Whether the session is in a block that was charged; otherwise it needs a new one to continue. */
export function isInBlock(session: Session): boolean {
  return session.active < chargedSoFar(session);
}

/** The minutes of all blocks that were charged: those that began, and one that may be paid ahead. */
export function chargedSoFar({ active, block, paid = 0 }: Session): number {
  return Math.max(blocksFor(active, block) * block, paid);
}

export function prunedSessions(
  sessions: ReadonlyMap<string, Session>,
  now: number,
): ReadonlyMap<string, Session> {
  const isOver = ({ at }: Session) => now - at >= DAY;
  if (![...sessions.values()].some(isOver)) return sessions;
  return new Map([...sessions].filter(([, session]) => !isOver(session)));
}
