import { isExcess } from "@/domain/licenses/excess";
import { ADMIN_SOURCE } from "@/server/assignments/changes/seat-patches";
import { excessLimits } from "@/server/assignments/log/excess-limits";
import { currentDefinition } from "@/server/licenses/definitions";
import { store } from "@/server/store/store";
import type { UserSeat } from "./user-seats";

/** Whether a seat is within the units of its allotment, and whether its use is reported. */
export type SeatState = { state: "active" | "excess"; usageReported: boolean };

/** The states of seats of many licenses, and the names of the allotments that have seats by license. */
export async function seatStates(seats: readonly UserSeat[], now: Date) {
  const numbers = [...new Set(seats.map(({ license }) => license))];
  const [{ limits, seatAllotments }, reports] = await Promise.all([
    definedSeats(numbers, now),
    reportingSources(numbers),
  ]);
  const stateOf = ({ license, allotment, addedAt, source }: UserSeat): SeatState => {
    const known = reports.get(license);
    return {
      state: isExcess(addedAt, limits.get(`${license} ${allotment}`) ?? null) ? "excess" : "active",
      usageReported: known !== undefined && (source === ADMIN_SOURCE || known.has(source)),
    };
  };
  return { stateOf, seatAllotments };
}

async function definedSeats(numbers: string[], now: Date) {
  const licenses = await store().db.license.findMany({
    where: { number: { in: numbers } },
    select: { number: true, definitionId: true, allotments: { select: { key: true, live: true } } },
  });
  const limits = new Map<string, number>();
  const seatAllotments = new Map<string, string[]>();
  for (const { number, definitionId, allotments } of licenses) {
    const definition = await currentDefinition(number, definitionId);
    const live = allotments.map(({ key, live: held }) => [key, held] as const);
    const own = await excessLimits(number, live, definition, now);
    for (const [key, limit] of own) limits.set(`${number} ${key}`, limit);
    const seated = definition.allotments.filter(({ usage }) => usage.class === "assigned");
    seatAllotments.set(
      number,
      seated.map(({ name }) => name),
    );
  }
  return { limits, seatAllotments };
}

/** The deployments that report use, by license. */
async function reportingSources(numbers: string[]): Promise<Map<string, Set<string>>> {
  const rows = await store().db.deployment.findMany({
    where: { license: { in: numbers }, reportsUse: true },
    select: { license: true, source: true },
  });
  const sources = new Map<string, Set<string>>();
  for (const { license, source } of rows)
    sources.set(license, (sources.get(license) ?? new Set()).add(source));
  return sources;
}
