import { personKey } from "@/domain/assignments/spellings";
import { foldSubject, subjectKey } from "@/domain/assignments/subject";
import { subjectOf } from "@/domain/scim/scim-connection";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import type { DataKeys } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { type SearchedLicense, searchedLicenses } from "@/server/users/user-seats";
import { type Effect, noteEffects } from "./effects";
import type { ScimActing } from "./scim-acting";
import { decryptResource, scimKeys } from "./scim-keys";

const MOST = 500;

/** A user who became inactive, and the subject of the seats that were released. */
type Leaver = { id: string; subject: string };

/**
 * Names the seats that users who became inactive may hold under another spelling. Nothing is released: two spellings
 * can be two people. It reads every seat of a license, so no request waits for it.
 */
export async function noteSpellings(acting: ScimActing): Promise<void> {
  const { connection } = acting;
  const rows = await store().db.scimUser.findMany({
    where: { connectionId: connection.id, hasSpellings: true, isActive: false, deletedAt: null },
    orderBy: { id: "asc" },
    take: MOST,
  });
  if (rows.length === 0) return;
  const keys = await scimKeys(connection.id);
  const leavers = rows.flatMap(({ id, content }) => {
    const subject = subjectOf(decryptResource(keys, "user", id, content), connection.subject);
    return subject === null ? [] : [{ id, subject }];
  });
  const effects: Effect[] = [];
  for (const license of await searchedLicenses(connection.scope))
    effects.push(...(await spellingsIn(license, leavers)));
  await tell(
    acting,
    keys,
    rows.map(({ id }) => id),
    effects,
  );
}

async function spellingsIn(
  { number: license, subjectMatching: matching }: SearchedLicense,
  leavers: readonly Leaver[],
): Promise<Effect[]> {
  const byKey = new Map(leavers.map((leaver) => [personKey(foldSubject(leaver.subject)), leaver]));
  const seats = (await liveSeats(license)).sorted("instance");
  return seats.flatMap(({ subject, folded, allotment }): Effect[] => {
    const leaver = byKey.get(personKey(folded));
    if (!leaver || subjectKey(subject, matching) === subjectKey(leaver.subject, matching)) return [];
    return [{ kind: "spelling", isDone: false, user: leaver.id, subject, license, allotment }];
  });
}

async function tell(acting: ScimActing, keys: DataKeys, users: string[], effects: Effect[]): Promise<void> {
  await store().db.$transaction(async (tx) => {
    const where = { id: { in: users }, hasSpellings: true };
    const { count } = await tx.scimUser.updateMany({ where, data: { hasSpellings: false } });
    if (count === users.length) await noteEffects(tx, keys, acting, effects);
  });
}
