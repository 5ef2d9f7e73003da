import { Refusal } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import { allowOnLicense, type Principal } from "@/server/access/gate";
import type { SeatDone, SeatsChanged } from "@/server/assignments/changes/seat-results";
import { releaseSeatsOf } from "@/server/assignments/changes/user-seats";
import type { SeatsUndone } from "@/server/assignments/undo/seat-undo";
import { undo } from "@/server/assignments/undo/undo";
import { readUndoToken } from "@/server/assignments/undo/undo-token";
import { noteFailure } from "@/server/store/failures";
import { isStoreAway } from "@/server/store/store-away";
import { userIndexes, userSeats } from "./user-seats";

type Acting = { actor: Actor; now: Date };

/**
 * The result of releasing a user everywhere. `undo` restores all of it; more than 1,000 seats of a license can't be
 * restored. `unreached` are licenses where seats may still be held, because the store stopped responding: released by
 * the same call again.
 */
export type UserReleased = {
  released: (SeatDone & { license: string })[];
  unreached: string[];
  undo?: string;
};

/**
 * Releases every seat of a user in all licenses that a principal can see, by each license's own matching. Each license
 * is a transaction of its own, with the audit and the events of single releases. A user without a seat is no refusal, so
 * it may be sent twice.
 */
export async function releaseEverywhere(
  who: Principal,
  subject: string,
  { actor, now }: Acting,
): Promise<UserReleased> {
  const held = await userSeats(await userIndexes(who, subject));
  const licenses = [...new Set(held.map(({ license }) => license))];
  const changed = new Map<string, SeatsChanged>();
  for (const [at, license] of licenses.entries()) {
    try {
      changed.set(license, await releaseSeatsOf({ license, actor, now }, subject));
    } catch (error) {
      if (isGone(error)) continue;
      if (changed.size === 0 || !isStoreAway(error)) throw error;
      noteFailure(error, { requestId: actor.requestId });
      return released(changed, licenses.slice(at));
    }
  }
  return released(changed, []);
}

/**
 * Restores what `releaseEverywhere` released, license by license through its gate, for 15 minutes and the same person.
 * Throws the reason if nothing could be restored.
 */
export async function undoEverywhere(
  sealed: string,
  who: Principal,
  { actor, now }: Acting,
): Promise<SeatsUndone> {
  const sum: SeatsUndone = { undone: 0, stayed: 0 };
  let refusal: Refusal | undefined;
  for (const { license, seats, token } of parts(sealed)) {
    try {
      const scope = { license, actor, now };
      readUndoToken(token, scope); // Whoever can't read it learns nothing of the license.
      await allowOnLicense(who, "assignments.write", license);
      const { undone, stayed, sentence } = await undo(token, who, scope);
      sum.undone += undone;
      sum.stayed += stayed;
      sum.sentence ??= sentence;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal ??= error;
      sum.stayed += seats;
      sum.sentence ??= error.detail;
    }
  }
  if (sum.undone === 0 && refusal) throw refusal;
  return sum;
}

function released(changed: ReadonlyMap<string, SeatsChanged>, unreached: string[]): UserReleased {
  const all = [...changed].flatMap(([license, { done }]) => done.map((seat) => ({ license, ...seat })));
  const tokens = [...changed].flatMap(([license, { done, undo: token }]) =>
    token ? [`${license}.${done.length}.${token}`] : [],
  );
  return { released: all, unreached, ...(tokens.length > 0 ? { undo: tokens.join("~") } : {}) };
}

/** For each license its number, how many seats, and its token; no dot or tilde occurs in these. */
function parts(sealed: string): { license: string; seats: number; token: string }[] {
  return sealed.split("~").map((part) => {
    const [license = "", seats, token = ""] = part.split(".");
    return { license, seats: Number(seats) || 0, token };
  });
}

/** Whether the license was removed in the meantime. */
function isGone(error: unknown): boolean {
  return error instanceof Refusal && error.code === "NOT_FOUND";
}
