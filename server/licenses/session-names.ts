import type { Tx } from "@/server/store/store";

/** The tables with names of users beside their use, which a license keeps only if it wants to. */
const NAMED = ["session_total", "denial"] as const;

/** Deletes the names of users beside the sessions and denials of a license, under the locks of their months. */
export async function forgetSessionNames(tx: Tx, license: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM session_month WHERE license = ${license} ORDER BY month FOR NO KEY UPDATE`;
  for (const table of NAMED)
    await tx.$executeRawUnsafe(
      `UPDATE ${table} SET subject = NULL WHERE license = $1 AND subject IS NOT NULL`,
      license,
    );
}
