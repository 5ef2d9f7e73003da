import type { AllotmentSeats } from "@/domain/assignments/assignment";
import { type Planner, planLines } from "@/domain/assignments/assignment-plan";
import { type SubjectMatching, subjectKey } from "@/domain/assignments/subject";
import { acceptsAssignments } from "@/domain/licenses/lease";
import { roomFor } from "@/domain/offline/shares";
import { nothingHere } from "@/domain/refusals/refusal";
import { userKeys } from "@/server/assignments/aliases/user-keys";
import type { LiveSeat } from "@/server/assignments/lists/live-seat";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import { seatsOfUsers, type UserSeat } from "@/server/assignments/lists/seats-of-users";
import { allotmentSeatsOf } from "@/server/assignments/log/license-seats";
import { currentDefinition } from "@/server/licenses/definitions";
import { promisedUnits } from "@/server/licenses/promised-units";
import { store } from "@/server/store/store";

/** The seats of an allotment that are free now, without those that checkouts reserve. */
export type FreeSeats = { allotment: string; free: number };

export type SeatPlanner = Planner & {
  /** The seats that a subject holds now. */
  heldBy(subject: string): readonly UserSeat[];
  /** Before anything is planned. */
  free: FreeSeats[];
};

/** Reads the seats of a license, to plan what lines would do; only those of these subjects if any are named. */
export async function seatPlanner(
  license: string,
  now: Date,
  subjects?: readonly string[],
): Promise<SeatPlanner> {
  const row = await store().db.license.findUnique({
    where: { number: license },
    select: {
      ...{ definitionId: true, allotments: true, graceDays: true },
      ...{ subjectMatching: true, hasAliases: true },
    },
  });
  if (!row) throw nothingHere();
  const definition = await currentDefinition(license, row.definitionId);
  const live = Object.fromEntries(row.allotments.map(({ key, live: held }) => [key, held]));
  const keyOf = await userKeys(license, row);
  const holders =
    subjects && !row.hasAliases
      ? await seatsOfUsers(license, new Set(subjects.map(keyOf)))
      : await allHolders(license, row.subjectMatching);
  const pools = await freeAllotments(license, allotmentSeatsOf(definition, live, now), now);
  const planner = planLines({
    pools,
    keyOf,
    accepts: acceptsAssignments(definition.valid, now, row.graceDays),
    heldBy: (key) => holders.get(key) ?? [],
  });
  return { ...planner, heldBy: (subject) => holders.get(keyOf(subject)) ?? [], free: freeSeats(pools) };
}

/** The seats of every user, by the key of the subject that they show. */
async function allHolders(license: string, matching: SubjectMatching): Promise<Map<string, LiveSeat[]>> {
  const holders = new Map<string, LiveSeat[]>();
  for (const seat of (await liveSeats(license)).sorted("addedAt")) {
    const key = matching === "folded" ? seat.folded : subjectKey(seat.subject, "exact");
    const known = holders.get(key);
    if (known) known.push(seat);
    else holders.set(key, [seat]);
  }
  return holders;
}

function freeSeats(allotments: ReadonlyMap<string, AllotmentSeats>): FreeSeats[] {
  return [...allotments.values()].flatMap(({ name, class: kind, units, live }) =>
    kind === "assigned" ? { allotment: name, free: Math.max(0, units - live) } : [],
  );
}

/** The allotments as an admin finds them: without the units that checkouts reserve. */
async function freeAllotments(
  license: string,
  allotments: ReadonlyMap<string, AllotmentSeats>,
  now: Date,
): Promise<Map<string, AllotmentSeats>> {
  const promised = await promisedUnits([license], now);
  return new Map(
    [...allotments].map(([key, allotment]) => [
      key,
      { ...allotment, ...roomFor(null, allotment, promised.of(license, key)) },
    ]),
  );
}
