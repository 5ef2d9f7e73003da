import { uuidv7 } from "uuidv7";
import { type Exemption, exemptionKey, isExemptionKind } from "@/domain/reclaim/never-release";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import type { ReclaimExemption as Row } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents, sqlOnPrisma } from "@/server/audit/audit";
import { type DataKeys, dataKeys } from "@/server/secrets/data-keys";
import { decrypt, encrypt, macInHex } from "@/server/secrets/encryption";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { lockLicense } from "@/server/store/locks";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";

/** An entry of the never-release list. */
export type ListedExemption = Exemption & { id: string; created: Date };

/** How many entries a license can have: each seat that is due is compared with all patterns. */
export const MOST_EXEMPTIONS = 500;
const READ = {
  name: "reclaim_exemptions",
  text: "SELECT id, kind, sealed FROM reclaim_exemption WHERE license = $1 ORDER BY id LIMIT $2",
};

/** The never-release list of a license, oldest first. */
export async function listExemptions(
  license: string,
  { limit, cursor }: Slice,
): Promise<Page<ListedExemption>> {
  const filter = ["reclaim-exemptions", license];
  const rows = await store().db.reclaimExemption.findMany({
    where: { license, id: { gt: decodeCursor(cursor, filter)?.id } },
    orderBy: { id: "asc" },
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, ({ id }) => ({ key: null, id }));
  const keys = await dataKeys(license);
  return { items: page.items.map((row) => listed(keys, row)), cursor: page.cursor };
}

/** The never-release list as rules need it. */
export async function exemptionsOf(
  license: string,
  keys: DataKeys,
  sql: Pick<Sql, "query"> = store().sql,
): Promise<Exemption[]> {
  type Read = { id: string; kind: string; sealed: Uint8Array };
  const rows = await sql.query<Read>(READ, [license, MOST_EXEMPTIONS]);
  return rows.map(({ id, kind, sealed }) => exemptionIn(keys, { license, id, kind, sealed }));
}

/** Adds an entry; one that is in the list already stays as it is. */
export async function addExemption(
  license: string,
  { kind, text }: Exemption,
  actor: Actor,
  now: Date,
): Promise<ListedExemption> {
  return store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    const keys = await dataKeys(license, sqlOnPrisma(tx));
    const textIndex = indexOf(keys, { kind, text });
    const where = { license_kind_textIndex: { license, kind, textIndex } };
    const known = await tx.reclaimExemption.findUnique({ where });
    if (known) return listed(keys, known);
    if ((await tx.reclaimExemption.count({ where: { license } })) >= MOST_EXEMPTIONS) throw full();
    const id = uuidv7();
    const sealed = new Uint8Array(encrypt(keys.encryption, Buffer.from(text), exemptionContext(license, id)));
    const made = { createdAt: now, createdKind: actor.kind, createdBy: actor.id };
    const row = await tx.reclaimExemption.create({ data: { id, license, kind, textIndex, sealed, ...made } });
    await recordEvents(tx, license, actor, now, [
      { action: "reclaim.exemption-added", object: id, details: { kind } },
    ]);
    return listed(keys, row);
  });
}

/** Removes an entry. */
export async function removeExemption(license: string, id: string, actor: Actor, now: Date): Promise<void> {
  await store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    const row = await tx.reclaimExemption.findUnique({ where: { id } });
    if (row?.license !== license) throw nothingHere();
    await tx.reclaimExemption.delete({ where: { id } });
    await recordEvents(tx, license, actor, now, [
      { action: "reclaim.exemption-removed", object: id, details: { kind: row.kind } },
    ]);
  });
}

function listed(keys: DataKeys, row: Row): ListedExemption {
  return { id: row.id, created: row.createdAt, ...exemptionIn(keys, row) };
}

function exemptionIn(
  keys: DataKeys,
  { license, id, kind, sealed }: Pick<Row, "license" | "id" | "kind"> & { sealed: Uint8Array },
): Exemption {
  if (!isExemptionKind(kind)) throw new Error(`A newer release wrote an exemption of the kind ${kind}.`);
  return { kind, text: decrypt(keys.encryption, sealed, exemptionContext(license, id)).toString() };
}

function indexOf(keys: DataKeys, exemption: Exemption): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(macInHex(keys.mac, `exemption|${exemptionKey(exemption)}`), "hex"));
}

/** The context to which the encrypted text of an entry is bound. */
/** The context to which the encrypted text of an exemption is bound. */
export const exemptionContext = (license: string, id: string) => `reclaim|exemption|${license}|${id}`;

function full(): Refusal {
  const title = `The list has ${MOST_EXEMPTIONS} entries already. Use a pattern or a directory for several users.`;
  return new Refusal("INVALID_BODY", title, { faults: [{ code: "INVALID_VALUE", title, pointer: "/text" }] });
}
