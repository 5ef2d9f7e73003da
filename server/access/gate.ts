import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { type Action, isReading, type Role, rightOf, whyOnlySeen } from "@/domain/roles";
import { store } from "@/server/store/store";
import type { Actor } from "./actor";

/** The caller at the gate: a person with a session, or a program with a token. */
export type Principal = {
  kind: "user" | "token";
  id: string;
  name: string;
  role: Role;
  /** The customers to which it is limited; null means all. */
  customers: string[] | null;
  /** The license that a token is bound to. */
  license: string | null;
  /** The owner who sees the console as this person, and until when; absent for people who act as themselves. */
  seenBy?: { id: string; until: Date };
};

/**
 * Actions that show or change only the principal's own part of the installation; also allowed for a token that is
 * bound to a license.
 */
const IN_ONES_OWN_PART: readonly Action[] = [
  "customers.read",
  "licenses.read",
  "assignments.read",
  "assignments.write",
  "audit.read",
  "events.read",
  "tokens.read",
  "tokens.write",
  "scim.read",
  "scim.write",
  "alerts.read",
  "alerts.write",
];

/**
 * Allows an action that concerns no single license, or throws: 404 if the principal can't see it, otherwise 403. A
 * token that is bound to a license may do nothing beyond that license.
 */
export function allow(principal: Principal, action: Action): void {
  allowByRole(principal, action);
  if (principal.license !== null && !IN_ONES_OWN_PART.includes(action))
    throw new Refusal(
      "FORBIDDEN",
      `This token is bound to the license ${principal.license}. Use a token that isn't.`,
    );
}

function allowByRole(principal: Principal, action: Action): void {
  const right = rightOf(principal.role, action);
  if (right === "hidden") throw nothingHere();
  if (right === "no")
    throw new Refusal(
      "FORBIDDEN",
      `The role ${principal.role} does not include this. Ask an owner of this installation.`,
    );
  if (!isReading(action)) allowOwn(principal);
}

/** Allows people to change what is their own, whatever the role; not while they see the console as another person. */
export function allowOwn(principal: Principal): void {
  const why = whyOnlySeen(principal);
  if (why) throw new Refusal("FORBIDDEN", why);
}

/** Allows an action on one license. Scope comes first: a license outside of it doesn't exist, whatever the action. */
export async function allowOnLicense(principal: Principal, action: Action, number: string): Promise<void> {
  const visible = await store().db.license.findFirst({
    where: { number, ...licenseScope(principal) },
    select: { number: true },
  });
  if (!visible) throw nothingHere();
  allowByRole(principal, action);
}

/** Allows an action on one customer, which a license-admin can see if it is named for it. */
export async function allowOnCustomer(principal: Principal, action: Action, id: string): Promise<void> {
  const visible = await store().db.customer.findFirst({ where: { AND: [{ id }, customerScope(principal)] } });
  if (!visible) throw nothingHere();
  allow(principal, action);
}

/** The licenses that a principal can see, as a condition for every query over licenses; never a copy. */
export function licenseScope({ customers, license }: Principal) {
  return {
    copyOf: null,
    ...(customers ? { customerId: { in: customers } } : {}),
    ...(license ? { AND: [{ number: license }] } : {}),
  };
}

export function customerScope({ customers, license }: Principal) {
  return {
    ...(customers ? { id: { in: customers } } : {}),
    ...(license ? { licenses: { some: { number: license } } } : {}),
  };
}

/** The principal as an actor in the audit: the real person, not the person as whom they see the console. */
export function actorOf(
  { kind, id, seenBy }: Principal,
  request: Pick<Actor, "address" | "requestId"> = {},
): Actor {
  return { kind, id: seenBy?.id ?? id, ...request };
}
