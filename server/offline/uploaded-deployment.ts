import { NEVER_CALLED } from "@/domain/contact-days";
import type { LogHeader } from "@/domain/offline/offline-log";
import { refusalSentence } from "@/domain/refusals/all-refusals";
import { Refusal } from "@/domain/refusals/refusal";
import { parseUserAgent } from "@/domain/user-agent";
import type { Actor } from "@/server/access/actor";
import { hasRoom } from "@/server/deployments/admission";
import { FIRST_SEEN_COLUMNS, insertFirstSeen } from "@/server/deployments/first-seen";
import type { Sql } from "@/server/store/sql";

/** The uploader of a log: a product with its key, or a principal that passed the gate. */
export type Uploader = { actor: Actor; jti: string | null };

/** The jti of a deployment whose logs are uploaded: no key of it was ever seen. */
const NO_KEY = "00000000-0000-0000-0000-000000000000";

const ROOM = {
  name: "offline_log_room",
  text: `SELECT EXISTS (SELECT FROM deployment WHERE license = $1 AND source = $2)
    OR ${hasRoom("$1")} AS has_room`,
};
const RECORD = {
  name: "offline_log_deployment",
  text: `
WITH recorded AS (
INSERT INTO deployment (license, source, jti, product, version, os, first_seen, last_seen, last_upload, contacts)
VALUES ($1, $2, coalesce($3::uuid, '${NO_KEY}'), $4, $5, $6, $7, $7, $7, ${NEVER_CALLED})
ON CONFLICT (license, source) DO UPDATE SET jti = coalesce($3::uuid, deployment.jti),
  product = coalesce(excluded.product, deployment.product), version = coalesce(excluded.version, deployment.version),
  os = coalesce(excluded.os, deployment.os), last_upload = excluded.last_upload
RETURNING ${FIRST_SEEN_COLUMNS}
) ${insertFirstSeen("recorded")}`,
};

/**
 * Records an upload of a deployment's log, and creates the deployment if needed. It isn't a contact: `last_seen`
 * stays that of its last call.
 */
export async function recordUpload(
  tx: Pick<Sql, "query">,
  license: string,
  { source, userAgent }: LogHeader,
  { jti }: Uploader,
  now: Date,
): Promise<void> {
  const [room] = await tx.query<{ has_room: boolean }>(ROOM, [license, source]);
  if (!room?.has_room) throw new Refusal("TOO_MANY_DEPLOYMENTS", refusalSentence("TOO_MANY_DEPLOYMENTS"));
  const agent = parseUserAgent(userAgent);
  const { product = null, version = null, os = null } = agent ?? {};
  await tx.query(RECORD, [license, source, jti, product, version, os, now]);
}
