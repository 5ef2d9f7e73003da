import type { AllotmentSeats, Assignment, Seats } from "@/domain/assignments/assignment";
import { isOverdue } from "@/domain/assignments/sync";
import { type Definition, definitionFor, nameKey, unitsInForce } from "@/domain/licenses/definition";
import { acceptsAssignments } from "@/domain/licenses/lease";
import { type Promised, reservedFrom } from "@/domain/offline/shares";
import { promisedSeats } from "@/server/checkouts/checkout-shares";
import type { Changer } from "./changer";
import type { SeatsRow } from "./seat-statements";

/** The seats of a license on which patches are decided. `touched` are the rows that were loaded. */
export function seatsOf(
  row: SeatsRow,
  version: number,
  definition: Definition,
  touched: readonly Assignment[],
  { now, caller, product }: Changer,
): Seats {
  const scope = caller ? (row.scope ?? null) : product;
  const offered = scope === undefined ? definition : definitionFor(definition, scope);
  const switches = [
    ["professional", row.auto_assign_professional],
    ["analyzer", row.auto_assign_analyzer],
  ] as const;
  return {
    license: row.license,
    version,
    accepts: acceptsAssignments(definition.valid, now, row.grace_days),
    autoAssign: new Set<string>(switches.flatMap(([name, on]) => (on ? [name] : []))),
    pools: allotmentSeatsOf(offered, row.live ?? {}, now, promisedSeats(row.shares, now)),
    hidden: new Set(row.hidden),
    inactive: new Set(row.inactive),
    touched: touched.filter(({ deleted }) => !caller || !deleted || !isOverdue(deleted, now)),
  };
}

/** The seats that checkouts reserve now, beside those that are held, by the key of the allotment. */
export function reservedOf({ shares }: SeatsRow, now: Date): Map<string, number> {
  const promised = promisedSeats(shares, now);
  return new Map([...promised].map(([allotment, all]) => [allotment, reservedFrom(null, all)]));
}

export function allotmentSeatsOf(
  definition: Definition,
  live: Record<string, number>,
  now: Date,
  promised: ReadonlyMap<string, Promised[]> = new Map(),
): Map<string, AllotmentSeats> {
  return new Map(
    definition.allotments.map((allotment) => {
      const key = nameKey(allotment.name);
      const pool = {
        name: allotment.name,
        class: allotment.usage.class,
        units: unitsInForce(allotment, now),
      };
      const shares = promised.get(key);
      return [key, { ...pool, live: live[key] ?? 0, ...(shares ? { promised: shares } : {}) }];
    }),
  );
}
