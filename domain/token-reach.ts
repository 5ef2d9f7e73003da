import { canGrant, type Role } from "./roles";

/** How far a person or a token reaches: null as customers is all of them. */
export type Reach = { role: Role; customers: readonly string[] | null };

/** A token: a license-admin's may be bound to a license, then without customers of its own. */
type Token = { role: Role; customers: readonly string[]; customerOfLicense: string | null };

/** The customers that are left to a token when its maker reaches no further than this; null when it has to end. */
export function customersLeft(token: Token, maker: Reach): string[] | null {
  if (!canGrant(maker.role, token.role)) return null;
  if (maker.customers === null) return [...token.customers];
  if (token.customerOfLicense && !maker.customers.includes(token.customerOfLicense)) return null;
  const left = token.customers.filter((id) => maker.customers?.includes(id));
  return left.length > 0 || token.customerOfLicense ? left : null;
}
