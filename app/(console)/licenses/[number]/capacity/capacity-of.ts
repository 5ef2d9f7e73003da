import type { SearchParams } from "nuqs/server";
import { unknownIn, unreadableIn } from "@/app/(console)/_list/unknown-in";
import { nameKey } from "@/domain/licenses/definition";
import { type Month, monthOf } from "@/domain/month";
import { type CapacityMonth, capacityMonth } from "@/server/consumption/capacity";
import { type Meter, meteredAllotments } from "@/server/consumption/usage";
import type { CapacityParams } from "./search-params";

type Asked = Pick<CapacityParams, "month" | "allotment">;
export type Wanted = { meters: Meter[]; meter: Meter; month: Month };

/** The month and allotment that the URL asks for; by default the first allotment and the current month. */
export async function wantedOf(
  number: string,
  { month, allotment }: Asked,
  now: Date,
): Promise<Wanted | null> {
  const meters = await meteredAllotments(number);
  const named = meters.find(({ key }) => allotment !== null && key === nameKey(allotment));
  const meter = named ?? meters[0];
  const running = monthOf(now);
  return meter ? { meters, meter, month: month && month < running ? month : running } : null;
}

/** How many filters in the URL don't apply to this license and were ignored. */
export function unknownFilters(address: SearchParams, asked: CapacityParams, wanted: Wanted): number {
  const read = {
    ...asked,
    allotment: asked.allotment && wanted.meters.some(({ key }) => key === nameKey(asked.allotment ?? "")),
    month: asked.month === wanted.month ? asked.month : null,
  };
  return (
    unknownIn(address, read, ["by", "view", "scale"]) +
    unreadableIn(address, read, ["day", "month"]) +
    Number(read.allotment === false)
  );
}

/** The data of the month; null if the license has no minutes. */
export async function capacityAsked(number: string, asked: Asked, now: Date): Promise<CapacityMonth | null> {
  const wanted = await wantedOf(number, asked, now);
  return wanted && capacityMonth(number, wanted.meter, wanted.month, now);
}
