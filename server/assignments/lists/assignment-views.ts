import { crowdedAllotments } from "@/domain/licenses/excess";
import { currentDefinition } from "@/server/licenses/definitions";
import { store } from "@/server/store/store";
import { twiceIn } from "./assignment-list";
import { countIdleSeats } from "./idle-seats";
import { liveSeats } from "./live-seats";
import { countOrphanedSeats } from "./orphaned-seats";
import { countRejections } from "./rejections";

/** A seat that is unused for so many days is offered for release. */
export const IDLE_DAYS = 90;

/** The number of rows in each view of the assignments, without a search. */
export type ViewCounts = Record<"all" | "excess" | "rejected" | "idle" | "spellings" | "orphans", number>;

export async function viewCounts(license: string, now: Date): Promise<ViewCounts> {
  const row = await store().db.license.findUniqueOrThrow({
    where: { number: license },
    select: { definitionId: true, allotments: true },
  });
  const definition = await currentDefinition(license, row.definitionId);
  const live = new Map(row.allotments.map(({ key, live: held }) => [key, held]));
  const over = [...crowdedAllotments(definition, live, now)].map(
    ([key, units]) => (live.get(key) ?? 0) - units,
  );
  return {
    all: sum([...live.values()]),
    excess: sum(over),
    rejected: await countRejections(license),
    idle: await countIdleSeats(license, IDLE_DAYS, now),
    orphans: await countOrphanedSeats(license, now),
    spellings: twiceIn(await liveSeats(license)).size,
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
