import { Refusal } from "@/domain/refusals/refusal";
import { isRole, ROLES, type Role } from "@/domain/roles";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { type Expected, isExpected, tagOf } from "@/server/store/entity-tag";
import { lockInstallation } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { hasPassword } from "./password";

/** The roles whose people need a second factor beside their password, in the order of `ROLES`. */
export async function rolesWithFactor(tx: Pick<Tx, "installation"> = store().db): Promise<Role[]> {
  const row = await tx.installation.findUnique({ where: { id: 1 }, select: { secondFactorRoles: true } });
  const saved = row?.secondFactorRoles ?? [];
  return ROLES.filter((role) => saved.includes(role));
}

/** The tag of the requirement: it changes with each role. */
export function factorTag(roles: readonly Role[]): string {
  return tagOf(roles);
}

type Person = { id: string; role?: string | null; twoFactorEnabled?: boolean | null };

/**
 * Whether a person has to set up a second factor before anything else. Who has no password here signs in through the
 * identity provider, which asks for its own.
 */
export async function lacksFactor({ id, role, twoFactorEnabled }: Person): Promise<boolean> {
  if (twoFactorEnabled || !isRole(role)) return false;
  return (await rolesWithFactor()).includes(role) && (await hasPassword(id));
}

/** How many people of each role sign in with a password alone. */
export async function peopleWithoutFactor(): Promise<Record<Role, number>> {
  const rows = await store().db.$queryRaw<{ role: string; people: number }[]>`
    SELECT u.role, count(*)::int AS people FROM "user" u
    WHERE u.removed_at IS NULL AND NOT coalesce(u.two_factor_enabled, FALSE)
      AND EXISTS (SELECT FROM account a WHERE a.user_id = u.id AND a.provider_id = 'credential' AND a.password IS NOT NULL)
    GROUP BY u.role`;
  const counts = { owner: 0, issuer: 0, "license-admin": 0, auditor: 0 };
  for (const { role, people } of rows) if (isRole(role)) counts[role] = people;
  return counts;
}

/**
 * Sets the roles that need a second factor; people without one set it up at their next request. `expected` is the tag
 * that the caller saw (`VERSION_MISMATCH`). Whoever requires it of their own role must have one.
 */
export async function requireFactor(
  roles: readonly Role[],
  self: { id: string; role: Role },
  expected: Expected,
  actor: Actor,
  now: Date,
): Promise<void> {
  await store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const before = await rolesWithFactor(tx);
    const after = ROLES.filter((role) => roles.includes(role));
    if (!isExpected(expected, factorTag(before))) throw changed(factorTag(before));
    if (after.includes(self.role)) await refuseWithout(tx, self.id);
    if (factorTag(before) === factorTag(after)) return;
    const details = { before: { roles: before }, after: { roles: after } };
    await recordEvents(tx, INSTALLATION, actor, now, [
      { action: "installation.second-factor-required", object: INSTALLATION, details },
    ]);
    await tx.installation.update({ where: { id: 1 }, data: { secondFactorRoles: after } });
  });
}

/** So one owner at least has proven to be able to sign in under the new requirement. */
async function refuseWithout(tx: Tx, id: string): Promise<void> {
  const { twoFactorEnabled } = await tx.user.findUniqueOrThrow({ where: { id } });
  if (twoFactorEnabled || !(await tx.account.findFirst({ where: { userId: id, providerId: "credential" } })))
    return;
  const title =
    "You have no second factor yourself. Turn it on under Account first, so that you can't lock yourself out.";
  throw new Refusal("INVALID_BODY", title, { faults: [{ code: "INVALID_VALUE", title, pointer: "/roles" }] });
}

function changed(etag: string): Refusal {
  return new Refusal(
    "VERSION_MISMATCH",
    "Somebody changed this in the meantime. Check the roles, then choose again.",
    { etag },
  );
}
