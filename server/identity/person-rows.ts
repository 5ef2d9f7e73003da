import { uuidv7 } from "uuidv7";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import type { Role } from "@/domain/roles";
import type { Tx } from "@/server/store/store";

/** A new person, with the hash of the password; null for one who signs in through the identity provider. */
export type NewPerson = {
  id: string;
  name: string;
  email: string;
  role: Role;
  customers: string[];
  password: string | null;
};

export async function insertPerson(tx: Tx, person: NewPerson, now: Date): Promise<void> {
  const { id, name, email, role, customers, password } = person;
  const stamps = { createdAt: now, updatedAt: now };
  await tx.user.create({ data: { id, name, email, emailVerified: true, role, ...stamps } });
  await nameCustomers(tx, id, customers);
  if (password) await insertPassword(tx, id, password, now);
}

/** Replaces the customers of a license-admin. */
export async function nameCustomers(tx: Tx, userId: string, customers: string[]): Promise<void> {
  await tx.customerUser.deleteMany({ where: { userId } });
  await tx.customerUser.createMany({ data: customers.map((customerId) => ({ customerId, userId })) });
}

export async function setPassword(tx: Tx, userId: string, password: string, now: Date): Promise<void> {
  const where = { userId, providerId: "credential" };
  const changed = await tx.account.updateMany({ where, data: { password, updatedAt: now } });
  if (changed.count === 0) await insertPassword(tx, userId, password, now);
}

async function insertPassword(tx: Tx, userId: string, password: string, now: Date): Promise<void> {
  const account = { id: uuidv7(), accountId: userId, providerId: "credential", userId, password };
  await tx.account.create({ data: { ...account, createdAt: now, updatedAt: now } });
}

/** A person who wasn't removed; changes by the person and by owners begin here, under the installation's lock. */
export async function personOf(tx: Tx, id: string) {
  const person = await tx.user.findFirst({ where: { id, removedAt: null } });
  if (!person) throw nothingHere();
  return person;
}

/** Checks that each customer exists, and that a license-admin, and nobody else, has some. */
export async function refuseCustomers(tx: Tx, role: Role, customers: string[]): Promise<void> {
  if (role !== "license-admin") {
    if (customers.length > 0) throw refused("Only license admins can be limited to customers.");
    return;
  }
  if (customers.length === 0) throw refused("Choose the customers for this license admin.");
  const known = await tx.customer.count({ where: { id: { in: customers } } });
  if (known !== new Set(customers).size) throw refused("One of these customers no longer exists.");
}

function refused(title: string): Refusal {
  return new Refusal("INVALID_BODY", title, {
    faults: [{ code: "INVALID_SCOPE", title, pointer: "/customers" }],
  });
}
