import { roomFor } from "@/domain/offline/shares";
import type { Assignment, Patch, PatchContext, PatchResults, Seats } from "./assignment";
import { applyPatches, decided } from "./assignments";
import { movesSeat } from "./moved-seats";
import { openPatchState, type PatchState } from "./patch-state";
import { type PlacedWish, seatQueue } from "./seat-queue";

/** A seat to take and a seat to release for it, or either alone. If the take is refused, nothing is released. */
export type Move = { take?: Patch; leave?: Patch };

/**
 * Applies moves by their end state, whatever their order: first moves that need no seat, then moves that find a free
 * one, and last the moves that wait for each other's seats, where every release comes before any take. A release that
 * wasn't made has no result.
 */
export function applyMoves(
  seats: Seats,
  moves: readonly Move[],
  how: Omit<PatchContext, "dependsOn">,
): PatchResults {
  const { wishes, settled, refused } = sorted(seats, moves, how);
  const queue = seatQueue(roomsOf(seats, settled, how));
  const alone = wishes.flatMap((wish) => queue.ask(wish)).flatMap(({ at }) => moves[at] ?? []);
  const rings = queue.rings().map((ring) => ring.flatMap(({ at }) => moves[at] ?? []));
  const served = new Set([...alone, ...rings.flat()]);
  const waiting = wishes.flatMap(({ at }) => moves[at] ?? []).filter((move) => !served.has(move));
  const inTurn = [...settled.map(({ move }) => move), ...alone];
  const result = applyPatches(
    seats,
    [
      ...inTurn.flatMap(({ take, leave }) => [take ?? [], leave ?? []].flat()),
      ...rings.flatMap((ring) => [...ring.flatMap(({ leave }) => leave ?? []), ...revertsOf(ring)]),
      ...revertsOf([...waiting, ...refused]),
    ],
    { ...how, dependsOn: dependenciesOf(inTurn) },
  );
  provenRings(result, revertsOf(rings.flat()));
  return result;
}

type Settled = { move: Move; frees?: string };
type Sorted = { wishes: PlacedWish[]; settled: Settled[]; refused: Move[] };

/**
 * Tries each move with unlimited room: a take that succeeds there is a wish for a seat; a take that fails there is
 * refused for another reason.
 */
function sorted(seats: Seats, moves: readonly Move[], how: PatchContext): Sorted {
  const allotments = new Map(
    [...seats.pools].map(([key, allotment]) => [key, { ...allotment, units: Infinity }]),
  );
  const trial = openPatchState({ ...seats, pools: allotments }, how);
  const result: Sorted = { wishes: [], settled: [], refused: [] };
  for (const [at, move] of moves.entries()) {
    const taken = move.take && tried(trial, move.take);
    if (taken === null) result.refused.push(move);
    else {
      const frees = (move.leave && tried(trial, move.leave)) ?? undefined;
      if (taken) result.wishes.push({ at, to: taken, from: frees || undefined });
      else result.settled.push({ move, frees });
    }
  }
  return result;
}

/**
 * The allotment where a shared seat was taken or released. Empty if nothing changed, or if a seat of a share did,
 * which doesn't affect the room of others. Null if the patch was refused.
 */
function tried(trial: PatchState, patch: Patch): string | null {
  const before = trial.changes.length;
  const result = decided(trial, patch);
  if (typeof result === "string") return null;
  const change = trial.changes.slice(before).find(movesSeat);
  if (!change || isOfShare(trial, change.row)) return "";
  return change.row.allotment;
}

function isOfShare({ promised }: PatchState, { allotment, source }: Assignment): boolean {
  return promised.get(allotment)?.some((share) => share.source === source) ?? false;
}

/** Without reserved shares, a restored seat may exceed the units, up to how full its allotment was at the release. */
function roomsOf(
  { pools, touched }: Seats,
  settled: readonly Settled[],
  { source, reverts = new Map() }: PatchContext,
) {
  const gone = new Map(touched.map((row) => [row.instance, row.allotment]));
  const lives = new Map<string | undefined, number>();
  for (const { restores } of reverts.values()) {
    const allotment = restores && gone.get(restores.instance);
    if (restores) lives.set(allotment, Math.min(lives.get(allotment) ?? Infinity, restores.live));
  }
  return new Map(
    [...pools].map(([key, allotment]) => {
      const freed = settled.filter(({ frees }) => frees === key).length;
      const { units, live } = roomFor(source, allotment, allotment.promised ?? []);
      const most = allotment.promised ? units : Math.max(units, lives.get(key) ?? 0);
      return [key, { units: most, live: live - freed }];
    }),
  );
}

function revertsOf(moves: readonly Move[]): Patch[] {
  return moves.flatMap(({ take }) => take ?? []);
}

function dependenciesOf(moves: readonly Move[]): Map<Patch, Patch> {
  return new Map(moves.flatMap(({ take, leave }) => (take && leave ? [[leave, take] as const] : [])));
}

/** Throws if a seat was released for a take that was refused: nothing of that may be saved. */
function provenRings({ answers }: PatchResults, takes: readonly Patch[]): void {
  const ringed = new Set(takes);
  const broken = answers.find(({ patch, rejection }) => rejection !== "" && ringed.has(patch));
  if (broken)
    throw new Error(`A seat was released for another seat, which was then refused: ${broken.rejection}.`);
}
