import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { isRole, type Role } from "@/domain/roles";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { lockInstallation } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { personOf } from "./person-rows";

/** The part of a session that says as whom its owner sees the console. */
export type Seeing = { seesAs?: string | null; seesAsUntil?: Date | null };

const SEEN_MS = 30 * 60_000;

/** Lets an owner see the console as a person with fewer rights, in one session, for at most half an hour. */
export function beginSeeing(session: string, id: string, actor: Actor, now: Date): Promise<void> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const person = await personOf(tx, id);
    if (person.role === "owner")
      throw new Refusal("FORBIDDEN", `${person.name} is an owner, so you see the same.`);
    await recordEvents(tx, INSTALLATION, actor, now, [{ action: "user.seen-as", object: id }]);
    const { count } = await tx.session.updateMany({
      where: { id: session, userId: actor.id },
      data: { seesAs: id, seesAsUntil: new Date(now.getTime() + SEEN_MS) },
    });
    if (count === 0) throw nothingHere();
  });
}

export async function endSeeing(session: string): Promise<void> {
  await store().db.session.updateMany({ where: { id: session }, data: { seesAs: null, seesAsUntil: null } });
}

/** Ends seeing as others for this person, in both directions: rights that come back later don't restore it. */
export async function endSeeingOf(tx: Tx, id: string): Promise<void> {
  await tx.session.updateMany({
    where: { OR: [{ userId: id }, { seesAs: id }] },
    data: { seesAs: null, seesAsUntil: null },
  });
}

/**
 * The person as whom the console is seen in a session; null if it is the person's own view. Checked with every
 * request: it ends with the time limit, when the viewer is no longer an owner, and when the other was removed or
 * became an owner.
 */
export async function seenPerson(
  { seesAs, seesAsUntil }: Seeing,
  viewer: Role,
  now: Date,
): Promise<{ id: string; name: string; role: Role; until: Date } | null> {
  if (!seesAs || !seesAsUntil || seesAsUntil <= now || viewer !== "owner") return null;
  const person = await store().db.user.findFirst({ where: { id: seesAs, removedAt: null } });
  if (!person || person.banned || !isRole(person.role) || person.role === "owner") return null;
  return { id: person.id, name: person.name, role: person.role, until: seesAsUntil };
}
