import type { PatchResult } from "@/domain/assignments/assignment";
import { movedRows } from "@/domain/assignments/moved-seats";
import { seatAsked, whyNotAssigned } from "@/domain/assignments/seat-sentences";
import { Refusal } from "@/domain/refusals/refusal";
import { ADMIN_SOURCE, undoMoves } from "@/server/assignments/changes/seat-patches";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import { type Changed, moveAssignments } from "@/server/assignments/log/assignment-changes";
import type { Changer } from "@/server/assignments/log/changer";
import { currentDefinition } from "@/server/licenses/definitions";
import type { SeatInverse, UndoScope } from "./undo-token";

/** How much of a change to seats was undone; `sentence` says why some of it wasn't. */
export type SeatsUndone = { undone: number; stayed: number; sentence?: string };

/**
 * Undoes a change to seats, one by one; throws the reason if none of it can be undone. `more` writes in the same
 * transaction.
 */
export async function undoSeats(
  inverses: SeatInverse[],
  scope: UndoScope,
  more: Pick<Changer, "alongside"> = {},
): Promise<SeatsUndone> {
  const { moves, reverts } = undoMoves(scope, inverses);
  const { license, actor, now } = scope;
  const changer = { source: ADMIN_SOURCE, actor, now, unkept: true, reverts, ...more };
  const changed = await moveAssignments(license, moves, changer);
  const made = movedRows(changed.changes);
  const results = new Map(changed.answers.map((result) => [result.patch, result]));
  const leading = moves.flatMap(({ take, leave }) => {
    const first = take ?? leave;
    return (first && results.get(first)) ?? [];
  });
  const stayed = leading.filter(({ row }) => !row || !made.has(row.instance));
  const undone = leading.length - stayed.length;
  const [first] = stayed;
  if (!first) return { undone, stayed: 0 };
  const sentence = await whyStayed(first, inverses, changed, scope);
  if (undone === 0) throw new Refusal(first.rejection || "CHANGED_MEANWHILE", sentence);
  return { undone, stayed: stayed.length, sentence };
}

async function whyStayed(
  { patch, rejection, row }: PatchResult,
  inverses: SeatInverse[],
  { license, reserved }: Changed,
  scope: UndoScope,
): Promise<string> {
  const { subject, allotment } = patch;
  if (subject === "") return "Nothing was undone. The seat was released in the meantime.";
  if (!rejection)
    return row?.deleted
      ? `${subject} was not restored. The seat was restored earlier and released since.`
      : `${subject} was not restored. The user already has a seat again.`;
  const definition = await currentDefinition(scope.license, license.definition_id);
  const taker = rejection === "NO_AVAILABLE_UNITS" ? await takerSince(allotment, inverses, scope) : undefined;
  const asked = seatAsked(definition, allotment, scope.now, reserved);
  return `${subject} was not restored. ${taker ?? whyNotAssigned(rejection, asked)}`;
}

/** The user who got the seat since: the last one who was added to the allotment. */
async function takerSince(
  allotment: string,
  inverses: SeatInverse[],
  { license }: UndoScope,
): Promise<string | undefined> {
  const since = Math.max(...inverses.flatMap(({ restore }) => restore?.version ?? []));
  const seats = (await liveSeats(license)).sorted("addedAt");
  const taker = seats.findLast((seat) => seat.allotment === allotment && seat.addedAt > since);
  if (!taker) return undefined;
  const at = new Date(taker.created).toISOString().slice(11, 19);
  return `The seat went to ${taker.subject} at ${at} UTC. Release a seat, then assign again.`;
}
