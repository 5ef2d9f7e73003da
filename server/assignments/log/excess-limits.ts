import type { Definition } from "@/domain/licenses/definition";
import { crowdedAllotments } from "@/domain/licenses/excess";
import { store } from "@/server/store/store";

/** The `addedAt` of the last seat within the units, by the key of each allotment that holds more seats than units. */
export type ExcessLimits = Map<string, number>;

const LAST_WITHIN = {
  name: "seats_last_within",
  text: `SELECT added_version FROM assignment WHERE license = $1 AND allotment = $2 AND deleted IS NULL
    ORDER BY added_version OFFSET $3 LIMIT 1`,
};

/** The limit of excess in each allotment; needed only for those with more seats held than units. */
export async function excessLimits(
  license: string,
  live: Iterable<readonly [allotment: string, held: number]>,
  definition: Definition,
  now: Date,
): Promise<ExcessLimits> {
  const limits = [...crowdedAllotments(definition, live, now)].map(
    async ([key, units]) => [key, await lastWithin(license, key, units)] as const,
  );
  return new Map(await Promise.all(limits));
}

async function lastWithin(license: string, allotment: string, units: number): Promise<number> {
  if (units === 0) return 0;
  const [row] = await store().sql.query<{ added_version: number }>(LAST_WITHIN, [
    license,
    allotment,
    units - 1,
  ]);
  return row?.added_version ?? 0;
}
