import type { SubjectMatching } from "@/domain/assignments/subject";
import { Refusal } from "@/domain/refusals/refusal";
import { type NameText, nameText } from "@/domain/users/name-text";
import type { LicenseNames } from "@/domain/users/users-page";
import type { Principal } from "@/server/access/gate";
import type { LiveSeat } from "@/server/assignments/lists/live-seat";
import { liveSeats, mostSeatsInMemory, seatsInMemory } from "@/server/assignments/lists/live-seats";
import { noteFailure } from "@/server/store/failures";
import { perProcess } from "@/server/store/per-process";
import { UNHURRIED, withEffects } from "@/server/store/statement-result";
import { store } from "@/server/store/store";

/**
 * The names of users in all licenses that a principal can see, as far as they are decrypted in memory. `waiting` is how
 * many seats are still being read, `left` how many don't fit into memory.
 */
export type ScopedNames = { licenses: LicenseNames<LiveSeat>[]; waiting: number; left: number };

type Scoped = { license: string; matching: SubjectMatching; epoch: string; version: number; live: number };

const SCOPE = {
  name: "users_scope",
  text: `SELECT l.number AS license, l.subject_matching::text AS matching, r.epoch, r.version, t.live
    FROM license l
    JOIN (SELECT license, sum(live)::int AS live FROM allotment WHERE live > 0 GROUP BY license) t ON t.license = l.number
    JOIN roster r ON r.license = l.number
    WHERE l.copy_of IS NULL AND ($1::uuid[] IS NULL OR l.customer_id = ANY ($1::uuid[]))
      AND ($2::text IS NULL OR l.number = $2::text)
    ORDER BY l.number`,
};

/** Reads the names that changed or aren't in memory yet, and waits for that at most so many milliseconds. */
export async function scopedNames(who: Principal, patience: number): Promise<ScopedNames> {
  const all = await store().sql.query<Scoped>(SCOPE, [who.customers, who.license]);
  const fitting = fittingOf(all);
  const missing = fitting.filter((of) => !seatsInMemory(of.license, of));
  if (missing.length > 0) await atMost(patience, readNames(missing.map(({ license }) => license)));
  const licenses = fitting.flatMap((of) => namesOf(of) ?? []);
  const read = new Set(licenses.map(({ license }) => license));
  return {
    licenses,
    waiting: seatsIn(fitting.filter(({ license }) => !read.has(license))),
    left: seatsIn(all) - seatsIn(fitting),
  };
}

function fittingOf(all: Scoped[]): Scoped[] {
  let room = mostSeatsInMemory();
  return all.filter(({ live }) => {
    if (live > room) return false;
    room -= live;
    return true;
  });
}

const texts = new WeakMap<readonly LiveSeat[], NameText>();

/** The text is made once for each state of the seats: an array of them never changes. */
function namesOf(of: Scoped): LicenseNames<LiveSeat> | null {
  const seats = seatsInMemory(of.license, of)?.sorted("folded");
  if (!seats) return null;
  const names = texts.get(seats) ?? nameText(seats);
  texts.set(seats, names);
  return { license: of.license, matching: of.matching, seats, names };
}

type Reading = { waiting: Set<string>; running: Promise<void> | null };
const reading = () => perProcess<Reading>("user-names", () => ({ waiting: new Set(), running: null }));

/** Reads licenses one after the other; it goes on after the request that began it. */
function readNames(licenses: readonly string[]): Promise<void> {
  const own = reading();
  for (const license of licenses) own.waiting.add(license);
  own.running ??= withEffects(() => readWaiting(own), UNHURRIED).finally(() => {
    own.running = null;
  });
  return own.running;
}

async function readWaiting({ waiting }: Reading): Promise<void> {
  for (const license of waiting) {
    try {
      await liveSeats(license);
    } catch (error) {
      // A license may be removed meanwhile. If the store is away, the next search begins again.
      if (!(error instanceof Refusal)) {
        noteFailure(error, {});
        waiting.clear();
      }
    }
    waiting.delete(license);
  }
}

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}

function seatsIn(licenses: readonly Scoped[]): number {
  return licenses.reduce((sum, { live }) => sum + live, 0);
}
