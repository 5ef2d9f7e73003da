import { uuidv7 } from "uuidv7";
import { EFFECT_KINDS, type EffectKind } from "@/domain/scim/effect-kind";
import type { ScimEffect as Row } from "@/prisma/client/client";
import { sqlOnPrisma } from "@/server/audit/audit";
import type { DataKeys } from "@/server/secrets/data-keys";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import type { Sql } from "@/server/store/sql";
import { store, type Tx } from "@/server/store/store";
import type { ScimActing } from "./scim-acting";
import { decryptText, encryptText, scimKeys } from "./scim-keys";

/** What a connection did, or in report mode would do. `subject` names the user, or what else it is about. */
export type Effect = {
  kind: EffectKind;
  isDone: boolean;
  user?: string | null;
  subject?: string | null;
  license?: string | null;
  allotment?: string | null;
  code?: string | null | undefined;
};
export type ListedEffect = Required<Omit<Effect, "code">> & { id: string; at: Date; code: string | null };

const WRITE = {
  name: "scim_effects_write",
  text: `
INSERT INTO scim_effect (id, connection, at, kind, is_done, "user", subject, license, allotment, code)
SELECT id, $2::uuid, $3::timestamptz, kind, "isDone", "user", decode(subject, 'base64'), license, allotment, code
FROM json_to_recordset($1::json) AS e(id uuid, kind text, "isDone" boolean, "user" uuid, subject text, license text,
  allotment text, code text)`,
};

/** Writes effects in the caller's transaction. */
export function noteEffects(
  tx: Tx,
  keys: DataKeys,
  acting: Pick<ScimActing, "connection" | "now">,
  effects: readonly Effect[],
): Promise<void> {
  return writeEffects(sqlOnPrisma(tx), keys, acting, effects);
}

/** The same through the small SQL interface. */
export async function writeEffects(
  sql: Pick<Sql, "query">,
  keys: DataKeys,
  { connection, now }: Pick<ScimActing, "connection" | "now">,
  effects: readonly Effect[],
): Promise<void> {
  if (effects.length === 0) return;
  const rows = effects.map(({ subject, ...effect }) => {
    const id = uuidv7();
    const sealed = subject ? Buffer.from(encryptText(keys, "effect", id, subject)).toString("base64") : null;
    return { id, ...effect, subject: sealed };
  });
  await sql.query(WRITE, [JSON.stringify(rows), connection.id, now]);
}

/** What a connection did or would do, newest first; kept for 30 days. */
export async function listEffects(connection: string, { limit, cursor }: Slice): Promise<Page<ListedEffect>> {
  const filter = ["scim effects", connection];
  const rows = await store().db.scimEffect.findMany({
    where: { connection, id: { lt: decodeCursor(cursor, filter)?.id } },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const keys = await scimKeys(connection);
  const page = pageOf(rows, limit, filter, ({ id }) => ({ key: null, id }));
  return { items: page.items.map((row) => opened(keys, row)), cursor: page.cursor };
}

function opened(keys: DataKeys, row: Row): ListedEffect {
  const { id, at, isDone, user, license, allotment, code } = row;
  const kind = EFFECT_KINDS.find((one) => one === row.kind);
  if (!kind) throw new Error(`The effect ${id} has the kind ${row.kind}.`);
  const subject = row.subject && decryptText(keys, "effect", id, row.subject);
  return { id, at, kind, isDone, user, subject, license, allotment, code };
}
