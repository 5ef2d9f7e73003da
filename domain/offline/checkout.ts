import { isLeftOut, type WhenOffline, withoutMinutes } from "@/domain/leases/bounded-definition";
import { allotmentNamed, type Definition, definitionFor } from "@/domain/licenses/definition";
import { leaseEnd } from "@/domain/licenses/lease";

export type CheckoutState = "out" | "returned" | "expired";

/** A share that a checkout reserves for its deployment: seats, or minutes a month. */
export type ShareWish = { allotment: string; units: number };

export const MAX_OFFLINE_DAYS = 1100;

/** How many hours a product that asks again gets the same checkout. */
export const REPEAT_HOURS = 24;

export function checkoutState(
  { expires, returned }: { expires: Date; returned: Date | null },
  now: Date,
): CheckoutState {
  if (returned) return "returned";
  return expires <= now ? "expired" : "out";
}

/** The end of a signed definition: `days` from now in whole seconds, but never after the end of validity and grace days. */
export function checkoutEnd(valid: string, now: Date, days: number, graceDays: number): Date {
  const end = leaseEnd(valid, now, { leaseDays: days, graceDays });
  return new Date(Math.floor(end.getTime() / 1000) * 1000);
}

/**
 * The definition for a deployment without a network: what its product sees; with shares, exactly these and nothing more.
 * A bounded license gives it minutes by shares only.
 */
export function portableDefinition(
  definition: Definition,
  product: string,
  shares: readonly ShareWish[] | null,
  whenOffline: WhenOffline,
): Definition {
  const seen = definitionFor(definition, product);
  if (!shares) return isLeftOut(whenOffline) ? withoutMinutes(seen) : seen;
  const allotments = shares.flatMap(({ allotment: name, units }) => {
    const allotment = allotmentNamed(seen, name);
    if (!allotment) return [];
    const { overage: _, ...granted } = allotment;
    return [{ ...granted, units: [{ count: units, valid: "" }] }];
  });
  return { ...seen, allotments };
}
