import type { Assignment } from "@/domain/assignments/assignment";
import { isInstance } from "@/domain/assignments/assignments";
import { nameKey } from "@/domain/licenses/definition";
import { nothingHere } from "@/domain/refusals/refusal";
import { aliasesOfUser } from "@/server/assignments/aliases/alias-list";
import {
  ASSIGNMENT_JSON,
  type AssignmentRow,
  openAssignment,
} from "@/server/assignments/log/assignment-rows";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";
import { dataKeys } from "@/server/secrets/data-keys";
import { userIndexes } from "@/server/secrets/subject-index";
import { store } from "@/server/store/store";
import { seatRank, twiceIn } from "./assignment-list";
import type { LiveSeat } from "./live-seat";
import { liveSeats } from "./live-seats";

/** One change to a seat of a user. */
export type SeatEvent = {
  license: string;
  version: number;
  kind: "added" | "released" | "named";
  at: Date;
  allotment: string;
  instance: string;
  source: string;
  auto: boolean;
  /** The actor in words: a person's name, or the kind of program. */
  by: string;
  /** The version of the change that this one undid. */
  reverses: number | null;
};

export type SeatHistory = {
  instance: string;
  subject: string | null;
  /** Other subjects of the same user; without a text if none of the user's seats has it. */
  aliases: { id: string; alias: string | null }[];
  allotment: string;
  created: Date;
  released: Date | null;
  events: SeatEvent[];
  /** The seat's rank in its allotment in the order of adding, and how many units are in force; null once released. */
  place: { rank: number; units: number } | null;
  /** Seats that the same user seems to hold in another spelling. */
  others: { instance: string; subject: string; allotment: string }[];
};

const READ = {
  name: "seat_history",
  text: `SELECT ${ASSIGNMENT_JSON} AS row FROM assignment a
    WHERE license = $1 AND allotment = ANY ($2::text[])
      AND subject_index IN ${userIndexes("$1", "decode($3, 'hex')")} ORDER BY version DESC`,
};
const READ_ONE = {
  name: "seat_history_one",
  text: `SELECT ${ASSIGNMENT_JSON} AS row FROM assignment a WHERE license = $1 AND instance = $2::bigint`,
};

/** Every change to the seats of a user, as long as their tombstones are kept; newest first. */
export async function seatHistory(license: string, instance: string, now: Date): Promise<SeatHistory> {
  const { sql, db } = store();
  if (!isInstance(instance)) throw nothingHere();
  const [one] = await sql.query<{ row: AssignmentRow }>(READ_ONE, [license, instance]);
  if (!one) throw nothingHere();
  const seat = openAssignment(license, await dataKeys(license), one.row);
  const allotments = await db.allotment.findMany({ where: { licenseNumber: license } });
  const keys = allotments.map(({ key }) => key);
  const lives = await sql.query<{ row: AssignmentRow }>(READ, [license, keys, seat.index]);
  const names = new Map(allotments.map(({ key, name }) => [key, name]));
  const events = await seatEvents(
    [license],
    lives.map(({ row }) => row.instance),
  );
  return {
    instance,
    subject: seat.deleted ? null : seat.subject,
    aliases: (await aliasesOfUser(license, seat.index)).map(({ id, alias }) => ({ id, alias })),
    allotment: names.get(seat.allotment) ?? seat.allotment,
    created: seat.created,
    released: seat.deleted,
    place: await placeOf(license, seat, now),
    others: (await otherSpellings(license, instance)).map((other) => ({
      instance: other.instance,
      subject: other.subject,
      allotment: names.get(other.allotment) ?? other.allotment,
    })),
    events: events.map((event) => ({
      ...event,
      allotment: names.get(nameKey(event.allotment)) ?? event.allotment,
    })),
  };
}

async function placeOf(license: string, { instance, allotment }: Assignment, now: Date) {
  const rank = await seatRank(license, instance);
  const allotments = (await allotmentsByLicense([license], now)).get(license) ?? [];
  const pool = allotments.find(({ name }) => nameKey(name) === allotment);
  return rank === null ? null : { rank, units: pool?.class === "assigned" ? pool.units : 0 };
}

async function otherSpellings(license: string, instance: string): Promise<LiveSeat[]> {
  const seats = await liveSeats(license);
  const person = [...twiceIn(seats)].find(([seat]) => seat.instance === instance);
  if (!person) return [];
  const [seat, all] = person;
  return all.filter(({ subject }) => subject !== seat.subject);
}

type Details = { allotment: string; version: number; source: string; auto: boolean; reverses?: number };

/** The last 200 changes to seats of licenses, newest first; `allotment` is the key of its name. */
export async function seatEvents(licenses: string[], instances: string[]): Promise<SeatEvent[]> {
  const { db } = store();
  const rows = await db.auditEvent.findMany({
    where: { object: { in: instances }, chain: { in: licenses }, action: { startsWith: "assignment." } },
    orderBy: licenses.length > 1 ? [{ at: "desc" }, { sequence: "desc" }] : { sequence: "desc" },
    take: 200,
  });
  const people = await db.user.findMany({
    where: { id: { in: rows.filter(({ actorKind }) => actorKind === "user").map(({ actor }) => actor) } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map(({ chain: license, action, at, object, actorKind, actor, details }) => {
    // `eventsOf` in assignment-events.ts wrote these details.
    const { allotment, version, source, auto, reverses = null } = details as Details;
    const kind = KINDS[action] ?? "released";
    const by =
      actorKind === "user" ? (nameOf.get(actor) ?? "someone who left") : (WORDS[actorKind] ?? actorKind);
    return { license, version, kind, at, allotment, instance: object, source, auto, by, reverses };
  });
}

const KINDS: Record<string, SeatEvent["kind"]> = {
  "assignment.added": "added",
  "assignment.named": "named",
};
const WORDS: Record<string, string> = { token: "an API token", product: "the product", system: "Signet" };
