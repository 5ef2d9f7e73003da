import { type Definition, nameKey, unitsInForce } from "@/domain/licenses/definition";
import { store } from "@/server/store/store";
import type { Timeline } from "./timeline";

/** How many seats of an allotment were held: at the end, and at most at any full hour. */
export type SeatUse = { allotment: string; units: number; held: number; most: number };

const HOUR = 3_600_000;

/** Reads the seats every hour; returns the result. */
export function watchSeats(timeline: Timeline, license: string, definition: Definition): () => SeatUse[] {
  const held = new Map<string, number>();
  const most = new Map<string, number>();
  const look = async () => {
    const rows = await store().db.allotment.findMany({ where: { licenseNumber: license } });
    for (const { key, live } of rows) {
      held.set(key, live);
      most.set(key, Math.max(live, most.get(key) ?? 0));
    }
    timeline.after(HOUR, look);
  };
  timeline.after(HOUR, look);
  return () =>
    definition.allotments
      .filter(({ usage }) => usage.class === "assigned")
      .map((allotment) => {
        const key = nameKey(allotment.name);
        const units = unitsInForce(allotment, new Date(timeline.now()));
        return { allotment: allotment.name, units, held: held.get(key) ?? 0, most: most.get(key) ?? 0 };
      });
}
