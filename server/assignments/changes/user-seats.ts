import { applyPatches } from "@/domain/assignments/assignments";
import { releasesOfUser } from "@/domain/assignments/named-seats";
import { isSubject } from "@/domain/assignments/subject";
import { changeByHand } from "@/server/assignments/log/assignment-changes";
import type { UndoScope } from "@/server/assignments/undo/undo-token";
import { store } from "@/server/store/store";
import { ADMIN_SOURCE, assignPatch } from "./seat-patches";
import { type SeatResult, type SeatsChanged, summed } from "./seat-results";

/**
 * Releases every seat that a user holds in a license: they are found under the license's lock, by its own matching. A
 * user without a seat is no refusal, so it may be sent twice.
 */
export async function releaseSeatsOf(scope: UndoScope, subject: string): Promise<SeatsChanged> {
  if (!isSubject(subject)) return summed(scope, []);
  const { license, actor, now } = scope;
  const where = { licenseNumber: license };
  const allotments = await store().db.allotment.findMany({ where, select: { key: true, name: true } });
  const names = new Map(allotments.map(({ key, name }) => [key, name]));
  const wanted = allotments.map(({ name }) => assignPatch(scope, { subject, allotment: name }));
  const changer = { source: ADMIN_SOURCE, actor, now, unkept: true };
  const { changes, live } = await changeByHand(license, wanted, changer, (seats, how) =>
    applyPatches(seats, releasesOfUser(seats, subject, how), how),
  );
  const results = changes.map(({ row, subject: held = subject, aliases }): SeatResult => {
    const { instance, version, allotment } = row;
    const restore = { instance, version, allotment, subject: held, aliases, live: live[allotment] ?? 0 };
    return {
      done: { instance, subject: held, allotment: names.get(allotment) ?? allotment },
      inverse: { restore },
    };
  });
  return summed(scope, results);
}
