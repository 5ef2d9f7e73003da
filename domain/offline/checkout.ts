import { allotmentNamed, type Definition, definitionFor } from "@/domain/licenses/definition";
import { leaseEnd } from "@/domain/licenses/lease";

export type CheckoutState = "out" | "returned" | "expired";

/** What a checkout promises to its site alone: seats, or minutes a month. */
export type ShareWish = { allotment: string; units: number };

export const MAX_OFFLINE_DAYS = 1100;

/** How long a product that asks again gets the same checkout. */
export const REPEAT_HOURS = 24;

export function checkoutState(
  { expires, returned }: { expires: Date; returned: Date | null },
  now: Date,
): CheckoutState {
  if (returned) return "returned";
  return expires <= now ? "expired" : "out";
}

/** When a signed definition ends: `days` from now in whole seconds, never after the end of validity and its grace days. */
export function checkoutEnd(valid: string, now: Date, days: number, graceDays: number): Date {
  const end = leaseEnd(valid, now, { leaseDays: days, graceDays });
  return new Date(Math.floor(end.getTime() / 1000) * 1000);
}

/** What a site without a network gets: what its product sees; with shares exactly these, and nothing beyond. */
export function portableDefinition(
  definition: Definition,
  product: string,
  shares: readonly ShareWish[] | null,
): Definition {
  const seen = definitionFor(definition, product);
  if (!shares) return seen;
  const allotments = shares.flatMap(({ allotment: name, units }) => {
    const allotment = allotmentNamed(seen, name);
    if (!allotment) return [];
    const { overage: _, ...granted } = allotment;
    return [{ ...granted, units: [{ count: units, valid: "" }] }];
  });
  return { ...seen, allotments };
}
