import type { PatchResults } from "@/domain/assignments/assignment";
import { subjectOf } from "@/domain/scim/scim-connection";
import type { ScimUser } from "@/prisma/client/client";
import { ADMIN_SOURCE } from "@/server/assignments/changes/seat-patches";
import { releaseUserSeats } from "@/server/assignments/changes/user-seats";
import type { Query } from "@/server/assignments/log/changer";
import type { DataKeys } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { indexesIn, type SearchedLicense, userSeats } from "@/server/users/user-seats";
import { lockConnectionIn } from "./connection";
import { type Effect, noteEffects, writeEffects } from "./effects";
import { givenSeats, type LeaverSeat } from "./grant-rows";
import { markInactiveUsers, type SubjectKeys, subjectKeysIn } from "./inactive-marks";
import type { ScimActing } from "./scim-acting";
import { decryptResource } from "./scim-keys";

/** So many licenses are locked at once that nobody waits long. */
const AT_ONCE = 500;

const LOCK_LICENSES = {
  name: "scim_lock_licenses",
  text: "SELECT license FROM roster WHERE license = ANY ($1::text[]) ORDER BY license FOR NO KEY UPDATE",
};
/** Whether a user's seats are still to be released; read under the lock of the connection. */
const STILL_DUE = {
  name: "scim_still_due",
  text: "SELECT version FROM scim_user WHERE id = $1 AND is_due",
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
  licenses: readonly SearchedLicense[],
): Promise<void> {
  const { connection } = acting;
  const { id, content } = user;
  const subject = subjectOf(decryptResource(keys, "user", id, content), connection.subject);
  if (connection.report) return tell(acting, keys, user, subject, await heldSeats({ id, subject }, licenses));
  if (subject === null) await noteMissing(acting, keys, user);
  else if (!user.deletedAt) await markInactive(connection.id, user, await subjectKeysIn(subject, licenses));
  const held = await heldSeats({ id, subject }, licenses);
  for (const license of new Set(held.map((seat) => seat.license)))
    await releaseIn(acting, keys, { id, subject }, license);
  await settled(user);
}

type Leaver = { id: string; subject: string | null };

/** The live seats that the subject has, and those that mappings gave the user before the subject was changed. */
async function heldSeats(
  { id, subject }: Leaver,
  licenses: readonly SearchedLicense[],
): Promise<LeaverSeat[]> {
  const named: LeaverSeat[] = subject === null ? [] : await userSeats(await indexesIn(licenses, subject));
  const numbers = licenses.map(({ number }) => number);
  const given = await givenSeats(store().sql, id, numbers);
  const isNamed = (seat: LeaverSeat) =>
    named.some(({ license, instance }) => license === seat.license && instance === seat.instance);
  return [...named, ...given.filter((seat) => !isNamed(seat))];
}

/**
 * Marks a user as inactive under the locks of the licenses, unless the user was changed since. A seat that a product
 * added before is committed by then, and found.
 */
async function markInactive(
  connection: string,
  { id, version }: ScimUser,
  places: readonly SubjectKeys[],
): Promise<void> {
  for (let from = 0; from < places.length; from += AT_ONCE) {
    const some = places.slice(from, from + AT_ONCE);
    await store().sql.transaction(async (tx) => {
      await tx.query(LOCK_LICENSES, [some.map(({ license }) => license)]);
      await lockConnectionIn(tx, connection);
      const [due] = await tx.query<{ version: number }>(STILL_DUE, [id]);
      if (due?.version === version) await markInactiveUsers(tx, new Map([[id, some]]));
    });
  }
}

/** Releases the seats in one license. What is found is read again under its lock. */
async function releaseIn(
  { connection, actor, now }: ScimActing,
  keys: DataKeys,
  { id, subject }: Leaver,
  license: string,
): Promise<void> {
  const others = async (tx: Query) => {
    await lockConnectionIn(tx, connection.id);
    const [due] = await tx.query(STILL_DUE, [id]);
    return due ? (await givenSeats(tx, id, [license])).map(({ instance }) => instance) : null;
  };
  const alongside = async (tx: Query, { changes }: PatchResults) => {
    const gone = changes.filter(({ kind }) => kind === "delete");
    if (gone.length > 0) await tx.query(END_GRANTS, [id, license]);
    const effects = gone.map(({ row: { allotment }, subject: held = null }) =>
      effectOf(id, subject ?? held, { license, allotment }, true),
    );
    await writeEffects(tx, keys, { connection, now }, effects);
  };
  const changer = { source: ADMIN_SOURCE, actor, now, unkept: true, alongside };
  await releaseUserSeats(license, { subject: subject ?? "", others }, changer);
}

/** The report of what would be released; told once for each deactivation. */
async function tell(
  acting: ScimActing,
  keys: DataKeys,
  user: ScimUser,
  subject: string | null,
  seats: readonly LeaverSeat[],
): Promise<void> {
  await store().db.$transaction(async (tx) => {
    const where = { id: user.id, version: user.version, isDue: true, isReported: false };
    const { count } = await tx.scimUser.updateMany({ where, data: { isReported: true } });
    if (count === 0) return;
    const effects = seats.map((seat) => effectOf(user.id, subject, seat, false));
    await noteEffects(tx, keys, acting, subject === null ? [missing(user), ...effects] : effects);
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
  { license, allotment }: Pick<LeaverSeat, "license" | "allotment">,
  isDone: boolean,
): Effect {
  return { kind: "released", isDone, user, subject, license, allotment };
}
