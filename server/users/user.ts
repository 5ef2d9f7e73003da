import { type Month, monthOf } from "@/domain/month";
import { nothingHere } from "@/domain/refusals/refusal";
import type { Principal } from "@/server/access/gate";
import { type SeatEvent, seatEvents } from "@/server/assignments/lists/seat-history";
import type { UserIndex } from "@/server/secrets/subject-index";
import { type SeatState, seatStates } from "./seat-states";
import { type UserDeployment, userDeployments } from "./user-deployments";
import { type UserLicense, userLicenses } from "./user-licenses";
import { type UserMinutes, userMinutes } from "./user-minutes";
import { type UserRejection, userRejections } from "./user-rejections";
import { releasedSeatsOf, seatIn, type UserSeat, userIndexes, userSeats } from "./user-seats";

/** A seat that a user holds; `lastUsed` is a UTC day, null if the seat was never used. */
export type SeatOfUser = SeatState & {
  license: string;
  instance: string;
  allotment: string;
  subject: string;
  created: Date;
  source: string;
  auto: boolean;
  lastUsed: string | null;
};

/** A seat that a user held in the last 60 days. */
export type ReleasedOfUser = Pick<SeatOfUser, "license" | "instance" | "allotment" | "created" | "source"> & {
  released: Date;
};

/**
 * A user over all licenses that a principal can see. `subject` is null once the name was erased: then only one license
 * is known.
 */
export type User = {
  subject: string | null;
  /** The licenses that the rest is about, by number. */
  licenses: UserLicense[];
  /** The names of the allotments that have seats, of licenses where the user holds one. */
  seatAllotments: ReadonlyMap<string, string[]>;
  seats: SeatOfUser[];
  /** The last released first. */
  released: ReleasedOfUser[];
  rejections: UserRejection[];
  deployments: UserDeployment[];
  month: Month;
  /** Of that month, and of licenses that keep names. */
  minutes: UserMinutes[];
  /** Changes of seats, newest first. */
  events: SeatEvent[];
};

/**
 * The user who holds a seat, or who held it and holds another one of its license. Otherwise the traces that are left of
 * the user in that license.
 */
export async function userOfSeat(
  who: Principal,
  { license, instance }: { license: string; instance: string },
  now: Date,
): Promise<User> {
  const seat = await seatIn(license, instance);
  if (!seat) throw nothingHere();
  const indexes = [{ license, index: seat.index }];
  const [held] = seat.deleted ? await userSeats(indexes) : [seat];
  return held ? userNamed(who, held.subject, now) : userBy(indexes, null, now);
}

/** The user with this name, by each license's own matching; without a trace all lists are empty. */
export async function userNamed(who: Principal, subject: string, now: Date): Promise<User> {
  return userBy(await userIndexes(who, subject), subject, now);
}

async function userBy(indexes: readonly UserIndex[], subject: string | null, now: Date): Promise<User> {
  const month = monthOf(now);
  const [held, gone, rejections, minutes] = await Promise.all([
    userSeats(indexes),
    releasedSeatsOf(indexes),
    userRejections(indexes),
    userMinutes(indexes, month),
  ]);
  const numbers = new Set([...held, ...gone, ...rejections, ...minutes].map(({ license }) => license));
  const instances = [...held, ...gone].map(({ instance }) => instance);
  const [{ licenses, allotmentName }, { stateOf, seatAllotments }, deployments, events] = await Promise.all([
    userLicenses(numbers),
    seatStates(held, now),
    userDeployments([...held, ...gone, ...rejections]),
    seatEvents([...numbers], instances),
  ]);
  const named = <Row extends { license: string; allotment: string }>(row: Row): Row => ({
    ...row,
    allotment: allotmentName(row.license, row.allotment),
  });
  return {
    ...{ subject, licenses, seatAllotments, deployments, month },
    seats: held.map((seat) => ({ ...seatOfUser(named(seat)), ...stateOf(seat) })),
    released: gone.flatMap((seat) => releasedOfUser(named(seat))).sort(byRelease),
    rejections: rejections.map(named),
    minutes: minutes.map(named),
    events: events.map(named),
  };
}

function seatOfUser({ license, instance, allotment, subject, created, source, auto, lastUsed }: UserSeat) {
  return { license, instance, allotment, subject, created, source, auto, lastUsed };
}

function releasedOfUser(seat: UserSeat): ReleasedOfUser[] {
  const { license, instance, allotment, created, source, deleted } = seat;
  return deleted ? [{ license, instance, allotment, created, source, released: deleted }] : [];
}

function byRelease(one: ReleasedOfUser, other: ReleasedOfUser): number {
  return other.released.getTime() - one.released.getTime();
}
