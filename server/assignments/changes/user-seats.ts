import type { Patch } from "@/domain/assignments/assignment";
import { applyPatches } from "@/domain/assignments/assignments";
import { releasesOfUser } from "@/domain/assignments/named-seats";
import { isSubject } from "@/domain/assignments/subject";
import { type Changed, changeByHand } from "@/server/assignments/log/assignment-changes";
import type { Changer, Query } from "@/server/assignments/log/changer";
import type { UndoScope } from "@/server/assignments/undo/undo-token";
import { ADMIN_SOURCE, assignPatch, releasePatch } from "./seat-patches";
import { type SeatResult, type SeatsChanged, summed } from "./seat-results";

type Releasing = {
  subject: string;
  /** Reads, under the lock, other seats to release by their instances; null if nothing is to be released any more. */
  others?: (tx: Query) => Promise<readonly string[] | null>;
};

const ALLOTMENTS = { name: "allotment_names", text: "SELECT key, name FROM allotment WHERE license = $1" };

/**
 * Releases every seat that a user holds in a license: they are found under the license's lock, by its own matching.
 * `nameOf` is the name of an allotment by its key.
 */
export async function releaseUserSeats(
  license: string,
  { subject, others = async () => [] }: Releasing,
  changer: Omit<Changer, "patchesIn">,
): Promise<Pick<Changed, "changes" | "live"> & { nameOf(allotment: string): string }> {
  const place = { license, now: changer.now };
  let names = new Map<string, string>();
  let instances: readonly string[] = [];
  const patchesIn = async (tx: Query): Promise<Patch[]> => {
    const more = await others(tx);
    if (!more) return [];
    instances = more;
    const rows = await tx.query<{ key: string; name: string }>(ALLOTMENTS, [license]);
    names = new Map(rows.map(({ key, name }) => [key, name]));
    const wanted = isSubject(subject)
      ? rows.map(({ name: allotment }) => assignPatch(place, { subject, allotment }))
      : [];
    return [...wanted, ...instances.map((instance) => releasePatch(place, { instance }))];
  };
  const { changes, live } = await changeByHand(license, [], { ...changer, patchesIn }, (seats, how) =>
    applyPatches(seats, releasesOfUser(seats, subject, how, instances), how),
  );
  return { changes, live, nameOf: (allotment) => names.get(allotment) ?? allotment };
}

/** The same with what an undo of it needs. A user without a seat is no refusal, so it may be sent twice. */
export async function releaseSeatsOf(scope: UndoScope, subject: string): Promise<SeatsChanged> {
  if (!isSubject(subject)) return summed(scope, []);
  const { license, actor, now } = scope;
  const changer = { source: ADMIN_SOURCE, actor, now, unkept: true };
  const { changes, live, nameOf } = await releaseUserSeats(license, { subject }, changer);
  const results = changes.map(({ row, subject: held = subject, aliases }): SeatResult => {
    const { instance, version, allotment } = row;
    const restore = { instance, version, allotment, subject: held, aliases, live: live[allotment] ?? 0 };
    return { done: { instance, subject: held, allotment: nameOf(allotment) }, inverse: { restore } };
  });
  return summed(scope, results);
}
