import { canGrant, type Role } from "./roles";

/** The customers that a person or a token can access; null for all of them. */
export type Reach = { role: Role; customers: readonly string[] | null };

/** A token. One with the role license-admin may be bound to a license, and then has no customers of its own. */
type Token = { role: Role; customers: readonly string[]; customerOfLicense: string | null };

/** The customers that a token keeps if its creator can access no more than this; null if the token has to end. */
export function customersLeft(token: Token, maker: Reach): string[] | null {
  if (!canGrant(maker.role, token.role)) return null;
  if (maker.customers === null) return [...token.customers];
  if (token.customerOfLicense && !maker.customers.includes(token.customerOfLicense)) return null;
  const left = token.customers.filter((id) => maker.customers?.includes(id));
  return left.length > 0 || token.customerOfLicense ? left : null;
}
