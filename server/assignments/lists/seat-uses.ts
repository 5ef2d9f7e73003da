import { store } from "@/server/store/store";

const READ_USES = {
  name: "live_seats_uses",
  text: `SELECT instance::text, last_used FROM assignment
    WHERE license = $1 AND instance = ANY ($2::bigint[]) AND last_used IS NOT NULL`,
};
const READ_ALL_USES = {
  name: "live_seats_all_uses",
  text: `SELECT last_used, string_agg(instance::text, ' ') AS instances FROM assignment
    WHERE license = $1 AND deleted IS NULL AND last_used IS NOT NULL GROUP BY last_used`,
};

/** The UTC days on which instances were last used. */
export async function usesOf(license: string, instances: string[]): Promise<Map<string, string>> {
  type Use = { instance: string; last_used: string };
  const rows = await store().sql.query<Use>(READ_USES, [license, instances]);
  return new Map(rows.map(({ instance, last_used }) => [instance, last_used]));
}

/** The last use of all live instances. There are few different days, so each is sent once. */
export async function allUsesOf(license: string): Promise<Map<string, string>> {
  type Uses = { last_used: string; instances: string };
  const rows = await store().sql.query<Uses>(READ_ALL_USES, [license]);
  const uses = new Map<string, string>();
  for (const { last_used, instances } of rows)
    for (const instance of instances.split(" ")) uses.set(instance, last_used);
  return uses;
}
