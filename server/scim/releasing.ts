import { subjectOf } from "@/domain/scim/scim-connection";
import type { ScimUser } from "@/prisma/client/client";
import { ADMIN_SOURCE, releasePatch } from "@/server/assignments/changes/seat-patches";
import { changeAssignments } from "@/server/assignments/log/assignment-changes";
import type { DataKeys } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { lockConnectionIn, type ReachedLicense } from "./connection";
import { type Effect, noteEffects, writeEffects } from "./effects";
import { markInactiveUsers } from "./inactive-marks";
import type { ScimActing } from "./scim-acting";
import { decryptResource } from "./scim-keys";
import { findUserSeats, type SubjectKeys, subjectKeysIn, type UserSeat } from "./user-seats";

/** So many licenses are locked at once that nobody waits long. */
const AT_ONCE = 500;

const LOCK_LICENSES = {
  name: "scim_lock_licenses",
  text: "SELECT license FROM roster WHERE license = ANY ($1::text[]) ORDER BY license FOR NO KEY UPDATE",
};
/** Whether a user's seats are still to be released; read under the lock of the connection. */
const STILL_DUE = {
  name: "scim_still_due",
  text: `SELECT deleted_at IS NOT NULL AS is_deleted FROM scim_user WHERE id = $1 AND is_due`,
};
const END_GRANTS = {
  name: "scim_end_grants",
  text: `UPDATE scim_grant SET state = 'ended', instance = NULL WHERE "user" = $1 AND license = $2 AND state <> 'leaving'`,
};

/**
 * Releases the seats of a user who became inactive in every license that the connection reaches, or tells which they
 * are. It may stop anywhere and be run again: the user stays due until the end.
 */
export async function releaseUser(
  acting: ScimActing,
  keys: DataKeys,
  user: ScimUser,
  licenses: readonly ReachedLicense[],
): Promise<void> {
  const { connection } = acting;
  const subject = subjectOf(decryptResource(keys, "user", user.id, user.content), connection.subject);
  const places = subject === null ? [] : await subjectKeysIn(subject, licenses);
  if (connection.report) return tell(acting, keys, user, subject, await findUserSeats(store().sql, places));
  if (subject === null) await noteMissing(acting, keys, user);
  for (let from = 0; from < places.length; from += AT_ONCE) {
    const some = places.slice(from, from + AT_ONCE);
    const seats = await markInactive(connection.id, user.id, some);
    const held = new Set(seats.map(({ license }) => license));
    for (const place of some)
      if (held.has(place.license))
        await releaseIn(acting, keys, { id: user.id, subject: subject ?? "", place });
  }
  await settled(user);
}

/** Writes who is inactive and finds the seats under the locks of all licenses, so that no seat is added in between. */
function markInactive(connection: string, user: string, places: readonly SubjectKeys[]): Promise<UserSeat[]> {
  return store().sql.transaction(async (tx) => {
    await tx.query(LOCK_LICENSES, [places.map(({ license }) => license)]);
    await lockConnectionIn(tx, connection);
    const [due] = await tx.query<{ is_deleted: boolean }>(STILL_DUE, [user]);
    if (!due) return [];
    if (!due.is_deleted) await markInactiveUsers(tx, new Map([[user, places]]));
    return findUserSeats(tx, places);
  });
}

type Released = { id: string; subject: string; place: SubjectKeys };

/** Releases the seats in one license. What is found is read again under its lock. */
async function releaseIn(
  { connection, actor, now }: ScimActing,
  keys: DataKeys,
  { id, subject, place }: Released,
): Promise<void> {
  const { license } = place;
  await changeAssignments(license, [], {
    ...{ source: ADMIN_SOURCE, actor, now, unkept: true },
    patchesIn: async (tx) => {
      await lockConnectionIn(tx, connection.id);
      const [due] = await tx.query(STILL_DUE, [id]);
      const seats = due ? await findUserSeats(tx, [place]) : [];
      return seats.map(({ instance }) => releasePatch({ license, now }, { instance }));
    },
    alongside: async (tx, { changes }) => {
      const gone = changes.filter(({ kind }) => kind === "delete");
      if (gone.length > 0) await tx.query(END_GRANTS, [id, license]);
      await writeEffects(
        tx,
        keys,
        { connection, now },
        gone.map(({ row: { allotment } }) => effectOf(id, subject, { license, allotment }, true)),
      );
    },
  });
}

/** The report of what would be released; told once for each deactivation. */
async function tell(
  acting: ScimActing,
  keys: DataKeys,
  user: ScimUser,
  subject: string | null,
  seats: readonly UserSeat[],
): Promise<void> {
  await store().db.$transaction(async (tx) => {
    const where = { id: user.id, isDue: true, isReported: false };
    const { count } = await tx.scimUser.updateMany({ where, data: { isReported: true } });
    if (count === 0) return;
    const effects = seats.map((seat) => effectOf(user.id, subject, seat, false));
    await noteEffects(tx, keys, acting, subject === null ? [missing(user)] : effects);
    if (user.deletedAt) await tx.scimUser.delete({ where: { id: user.id } });
  });
}

/** The user is dealt with, unless something changed meanwhile. A deleted one goes. */
async function settled({ id, version, deletedAt }: ScimUser): Promise<void> {
  const { db } = store();
  const where = { id, version, isDue: true };
  if (deletedAt) await db.scimUser.deleteMany({ where });
  else
    await db.$transaction(async (tx) => {
      const { count } = await tx.scimUser.updateMany({ where, data: { isDue: false } });
      if (count > 0)
        await tx.scimGrant.updateMany({ where: { userId: id, state: { not: "leaving" } }, data: ENDED });
    });
}

const ENDED = { state: "ended", instance: null };

async function noteMissing(acting: ScimActing, keys: DataKeys, user: ScimUser): Promise<void> {
  await writeEffects(store().sql, keys, acting, [missing(user)]);
}

function missing({ id }: ScimUser): Effect {
  return { kind: "no-subject", isDone: false, user: id };
}

function effectOf(
  user: string,
  subject: string | null,
  { license, allotment }: Pick<UserSeat, "license" | "allotment">,
  isDone: boolean,
): Effect {
  return { kind: "released", isDone, user, subject, license, allotment };
}
