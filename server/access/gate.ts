import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { type Action, isReading, type Role, rightOf, whyOnlySeen } from "@/domain/roles";
import { store } from "@/server/store/store";
import type { Actor } from "./actor";

/** Who stands before the gate: a person with a session, or a program with a token. */
export type Principal = {
  kind: "user" | "token";
  id: string;
  name: string;
  role: Role;
  /** The customers it is confined to; null is all. */
  customers: string[] | null;
  /** The license that a token is bound to. */
  license: string | null;
  /** The owner who looks at what this person sees, and until when; absent for who acts as themselves. */
  seenBy?: { id: string; until: Date };
};

/** What shows or touches no more than one's own part of the installation, also for a token that is bound to a license. */
const IN_ONES_OWN_PART: readonly Action[] = [
  "customers.read",
  "licenses.read",
  "audit.read",
  "tokens.read",
  "tokens.write",
];

/**
 * Lets a principal do something that concerns no single license, or refuses: 404 for what it cannot see, else 403.
 * A token that is bound to a license is refused whatever reaches further than that license.
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

/** Lets somebody change what is their own, whatever the role; not who looks at what another person sees. */
export function allowOwn(principal: Principal): void {
  const why = whyOnlySeen(principal);
  if (why) throw new Refusal("FORBIDDEN", why);
}

/** The same for one license. Scope comes first: what is out of it does not exist, whatever the action. */
export async function allowOnLicense(principal: Principal, action: Action, number: string): Promise<void> {
  const visible = await store().db.license.findFirst({
    where: { number, ...licenseScope(principal) },
    select: { number: true },
  });
  if (!visible) throw nothingHere();
  allowByRole(principal, action);
}

/** The same for one customer, which a license-admin sees if it is named for it. */
export async function allowOnCustomer(principal: Principal, action: Action, id: string): Promise<void> {
  const visible = await store().db.customer.findFirst({ where: { AND: [{ id }, customerScope(principal)] } });
  if (!visible) throw nothingHere();
  allow(principal, action);
}

/** The licenses that a principal can see, as a condition that every query over licenses carries; never a copy. */
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

/** How the principal stands in the audit: by who is there, not by whom they see the console as. */
export function actorOf(
  { kind, id, seenBy }: Principal,
  request: Pick<Actor, "address" | "requestId"> = {},
): Actor {
  return { kind, id: seenBy?.id ?? id, ...request };
}
