import type { SeatMoves } from "@/domain/assignments/seat-days";
import { reading } from "@/server/store/store";

type Row = SeatMoves & { license: string; allotment: string };

/**
 * The audit's moves of seats of licenses since a day, by number and key of the allotment; one query for any number of
 * licenses.
 */
export async function seatMoves(licenses: string[], since: string): Promise<Map<string, SeatMoves[]>> {
  const rows = await reading().db.$queryRaw<Row[]>`
    SELECT license, allotment, day, max(sum)::int AS peak, ((array_agg(sum ORDER BY sequence DESC))[1])::int AS end FROM (
      SELECT chain AS license, details->>'allotment' AS allotment, (at AT TIME ZONE 'UTC')::date::text AS day, sequence,
        sum(CASE action WHEN 'assignment.added' THEN 1 ELSE -1 END)
          OVER (PARTITION BY chain, details->>'allotment' ORDER BY sequence) AS sum
      FROM audit_event WHERE chain = ANY (${licenses}) AND at >= ${new Date(since)}
        AND action IN ('assignment.added', 'assignment.released')
    ) moves GROUP BY license, allotment, day ORDER BY license, allotment, day`;
  const byAllotment = new Map<string, SeatMoves[]>();
  for (const { license, allotment, ...move } of rows) {
    const key = `${license} ${allotment}`;
    byAllotment.set(key, [...(byAllotment.get(key) ?? []), move]);
  }
  return byAllotment;
}
