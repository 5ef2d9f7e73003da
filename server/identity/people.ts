import { uuidv7 } from "uuidv7";
import { Refusal } from "@/domain/refusals/refusal";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { hashNewPassword } from "./new-password";
import { insertPerson } from "./person-rows";
import { takeSetupToken } from "./setup-token";

export type NewOwner = { name: string; email: string; password: string };

/** Creates the first owner with the token of a setup link, which is used up. Throws `WEAK_PASSWORD`. */
export async function createFirstOwner(token: string, owner: NewOwner, now: Date): Promise<void> {
  const password = await hashNewPassword(owner.password, owner);
  if (!(await takeSetupToken(token, now))) throw setupOver();
  const id = uuidv7();
  await store().db.$transaction(async (tx) => {
    const event: AuditEvent = {
      action: "user.created",
      object: id,
      details: { role: "owner", by: "set-up link" },
    };
    await recordEvents(tx, INSTALLATION, { kind: "user", id }, now, [event]);
    if ((await tx.user.count({ where: { role: "owner" } })) > 0) throw setupOver();
    await insertPerson(tx, { ...owner, id, role: "owner", customers: [], password }, now);
  });
}

/** When this installation got its first owner; null before. */
export async function ownedSince(): Promise<Date | null> {
  const first = await store().db.user.findFirst({
    where: { role: "owner" },
    orderBy: { createdAt: "asc" },
    select: { createdAt: true },
  });
  return first?.createdAt ?? null;
}

/** The customers to which a license-admin is limited. */
export async function customersOf(userId: string): Promise<string[]> {
  const rows = await store().db.customerUser.findMany({ where: { userId }, select: { customerId: true } });
  return rows.map(({ customerId }) => customerId);
}

function setupOver(): Refusal {
  return new Refusal("OWNER_EXISTS", "This setup link was already used, or a newer one replaced it.");
}
