import { type CorrectedMonth, correctedMonths, monthsToCorrect } from "@/domain/licenses/corrections";
import type { Definition, Era } from "@/domain/licenses/definition";
import type { Month } from "@/domain/month";
import { Refusal } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import type { Expected } from "@/server/store/entity-tag";
import type { Tx } from "@/server/store/store";
import { type DefinitionEffect, onLockedLicense, replaceDefinition } from "./license-definitions";
import { type PromisedUnits, promisedUnits } from "./promised-units";

/** The effect of a correction: month by month, beside the effect of any definition. */
export type CorrectionEffect = DefinitionEffect & { months: CorrectedMonth[] };

/**
 * Puts a definition in force that replaces the one in force now in every month that hasn't ended. The first
 * definition of a license has no predecessor: `NOTHING_TO_CORRECT`.
 */
export async function correctDefinition(
  number: string,
  definition: Definition,
  expected: Expected,
  dryRun: boolean,
  actor: Actor,
  now: Date,
): Promise<CorrectionEffect> {
  return onLockedLicense(number, definition, expected, now, async (tx, license, effect) => {
    const eras = await erasIn(tx, number);
    if (!isCorrectable(eras))
      throw new Refusal(
        "NOTHING_TO_CORRECT",
        "The license has only its first definition. Save the new one without `correction=true`.",
      );
    const months = correctedMonths(eras, definition, await countsIn(tx, number, now), now);
    if (!dryRun) await replaceDefinition(tx, license, definition, actor, now, true);
    return { ...effect, months };
  });
}

/** Whether the definition in force isn't the first one. */
export function isCorrectable(eras: readonly Era[]): boolean {
  return eras.length > 1;
}

/** The usage of the months that a correction can affect, and the reservations of signed definitions in them. */
export async function countsIn(tx: Pick<Tx, "usageMonth" | "$queryRaw">, license: string, now: Date) {
  const booked = await bookedIn(tx, license, now);
  const promised = new Map<Month, PromisedUnits>();
  for (const month of monthsToCorrect(now))
    promised.set(month, await promisedUnits([license], now, month, tx));
  const reserved = (month: Month, allotment: string) =>
    promised.get(month)?.reserved(license, allotment) ?? 0;
  return { booked, reserved };
}

async function bookedIn(tx: Pick<Tx, "usageMonth">, license: string, now: Date) {
  const rows = await tx.usageMonth.findMany({ where: { license, month: { in: monthsToCorrect(now) } } });
  const booked = new Map(rows.map(({ month, allotment, total }) => [`${month} ${allotment}`, Number(total)]));
  return (month: Month, allotment: string) => booked.get(`${month} ${allotment}`) ?? 0;
}

/** Reads in the transaction: the embedded store has no second connection. */
export async function erasIn(tx: Tx, licenseNumber: string): Promise<Era[]> {
  const rows = await tx.definition.findMany({
    where: { licenseNumber },
    orderBy: [{ effectiveFrom: "asc" }, { id: "asc" }],
  });
  // Definitions were validated when they were written.
  return rows.map(({ effectiveFrom, content, corrects }) => ({
    from: effectiveFrom,
    definition: content as unknown as Definition,
    isCorrection: corrects !== null,
  }));
}
