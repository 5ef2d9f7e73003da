import type { Principal } from "@/server/access/gate";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { store } from "@/server/store/store";

/**
 * Whether a principal has the whole reach of the token `t`: a license admin sees connections of the own customers only.
 * `$1` is the license that the principal is bound to, `$2` its customers.
 */
const IN_SCOPE = `CASE
    WHEN $1::text IS NOT NULL THEN coalesce(t.license = $1, false)
    WHEN $2::uuid[] IS NULL THEN true
    WHEN t.license IS NULL THEN t.customers <> '{}' AND t.customers <@ $2::uuid[]
    ELSE t.license IN (SELECT number FROM license WHERE customer_id = ANY ($2::uuid[]))
  END`;
const ONE = {
  name: "scim_connection_in_scope",
  text: `SELECT 1 FROM api_token t WHERE ${IN_SCOPE} AND t.id = $3::uuid`,
};
const LIST = {
  name: "scim_connections_in_scope",
  text: `SELECT t.id::text FROM scim_connection c JOIN api_token t ON t.id = c.token
    WHERE ${IN_SCOPE} AND ($3::uuid IS NULL OR c.token < $3::uuid) ORDER BY c.token DESC LIMIT $4::bigint`,
};

/** Whether a principal sees a connection. */
export async function isInScope({ license, customers }: Principal, id: string): Promise<boolean> {
  const rows = await store().sql.query(ONE, [license, customers, id]);
  return rows.length > 0;
}

/** The ids of the connections that a principal sees, newest first. */
export async function idsInScope(
  { license, customers }: Principal,
  { limit, cursor }: Slice,
): Promise<Page<string>> {
  const filter = ["scim-connections"];
  const after = decodeCursor(cursor, filter)?.id ?? null;
  const rows = await store().sql.query<{ id: string }>(LIST, [license, customers, after, limit + 1]);
  const page = pageOf(rows, limit, filter, ({ id }) => ({ key: null, id }));
  return { items: page.items.map(({ id }) => id), cursor: page.cursor };
}
