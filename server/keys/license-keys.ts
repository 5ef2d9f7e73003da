import { randomUUID } from "node:crypto";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { issueKey } from "@/domain/signed-key";
import type { Prisma } from "@/prisma/client/client";
import { type Actor, isActorKind } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { behind, decodeCursor, type Keyset, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { lockLicense } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { activeSigner, holdActiveSigner, signerOf } from "./signing-keys";

/** A key with its text. The text is never stored: the same claims sign to the same text again. */
export type ShownKey = { jti: string; kid: string; license: string; key: string };

export type LicenseKey = {
  jti: string;
  kid: string;
  label: string;
  issued: Date;
  /** The issuer; null for keys that an older release issued. */
  issuedBy: Pick<Actor, "kind" | "id"> | null;
  revoked: Date | null;
  revokedReason: string | null;
  /** Whether its signing key is withdrawn: then the key proves nothing, and can't be shown again. */
  withdrawn: boolean;
  /** The latest contact of a deployment that uses it, to the minute. */
  lastUsed: Date | null;
  deployments: number;
};

/** Issues a key, signed with the signing key that is active when it is committed; `along` runs in the same transaction. */
export async function issueLicenseKey(
  license: string,
  label: string,
  actor: Actor,
  now: Date,
  along?: (tx: Tx, jti: string) => Promise<void>,
): Promise<ShownKey> {
  const { kid, privateKey } = await activeSigner();
  const jti = randomUUID();
  const key = await issueKey({ jti, license }, kid, privateKey);
  const isIssued = await store().db.$transaction(async (tx) => {
    if (!(await holdActiveSigner(tx, kid))) return false;
    await lockLicense(tx, license);
    await refuseRevoked(tx, license);
    const details = { kid, label };
    await recordEvents(tx, license, actor, now, [{ action: "key.issued", object: jti, details }]);
    const issuer = { issuedByKind: actor.kind, issuedBy: actor.id };
    await tx.signedKey.create({
      data: { jti, licenseNumber: license, kid, label, issuedAt: now, ...issuer },
    });
    await along?.(tx, jti);
    return true;
  });
  // Another signing key became active in the meantime: the key is signed again.
  return isIssued ? { jti, kid, license, key } : issueLicenseKey(license, label, actor, now, along);
}

/** The keys of a license, newest first. */
export async function listLicenseKeys(license: string): Promise<LicenseKey[]> {
  return withUses(license, await readKeys({ licenseNumber: license }));
}

/** The same, page by page. */
export async function pageOfLicenseKeys(
  license: string,
  { limit, cursor }: Slice,
): Promise<Page<LicenseKey>> {
  const filter = ["license-keys", license];
  const after = behind(decodeCursor(cursor, filter), NEWEST);
  const rows = await readKeys({ AND: [{ licenseNumber: license }, after] }, limit + 1);
  const page = pageOf(rows, limit, filter, ({ jti, issuedAt }) => ({ key: issuedAt.toISOString(), id: jti }));
  return { items: await withUses(license, page.items), cursor: page.cursor };
}

const NEWEST: Keyset<Prisma.SignedKeyWhereInput> = {
  direction: "desc",
  onKey: (issuedAt) => ({ issuedAt }),
  onId: (jti) => ({ jti }),
};

function readKeys(where: Prisma.SignedKeyWhereInput, take?: number) {
  return store().db.signedKey.findMany({
    where,
    take,
    orderBy: [{ issuedAt: "desc" }, { jti: "desc" }],
    include: { signingKey: { select: { status: true } } },
  });
}

type Row = Awaited<ReturnType<typeof readKeys>>[number];

async function withUses(license: string, rows: Row[]): Promise<LicenseKey[]> {
  const uses = await store().db.deployment.groupBy({
    by: ["jti"],
    where: { license },
    _max: { lastSeen: true },
    _count: true,
  });
  const useOf = new Map(uses.map((use) => [use.jti, use]));
  return rows.map(({ jti, kid, label, issuedAt, revokedAt, revokedReason, signingKey, ...issuer }) => ({
    jti,
    kid,
    label,
    issued: issuedAt,
    issuedBy: actorFrom(issuer.issuedByKind, issuer.issuedBy),
    revoked: revokedAt,
    revokedReason,
    withdrawn: signingKey.status === "withdrawn",
    lastUsed: useOf.get(jti)?._max.lastSeen ?? null,
    deployments: useOf.get(jti)?._count ?? 0,
  }));
}

/** Who revoked a key, according to the audit; null if that isn't recorded. */
export async function revokerOf(jti: string): Promise<LicenseKey["issuedBy"]> {
  const event = await store().db.auditEvent.findFirst({ where: { object: jti, action: "key.revoked" } });
  return event && actorFrom(event.actorKind, event.actor);
}

/** The license that a key names. */
export async function licenseOfKey(jti: string): Promise<string> {
  const row = await store().db.signedKey.findUnique({ where: { jti } });
  if (!row) throw nothingHere();
  return row.licenseNumber;
}

/** Shows a key again by signing it again, and records that. Throws `KEY_WITHDRAWN`. */
export async function revealLicenseKey(jti: string, actor: Actor, now: Date): Promise<ShownKey> {
  const row = await store().db.signedKey.findUnique({ where: { jti } });
  if (!row) throw nothingHere();
  const { kid, licenseNumber: license } = row;
  const { privateKey } = await signerOf(kid);
  const key = await issueKey({ jti, license }, kid, privateKey);
  await store().db.$transaction((tx) =>
    recordEvents(tx, license, actor, now, [{ action: "key.revealed", object: jti }]),
  );
  return { jti, kid, license, key };
}

/** Revokes a key at once: every request checks it. Throws `ALREADY_REVOKED`. */
export async function revokeLicenseKey(jti: string, reason: string, actor: Actor, now: Date): Promise<void> {
  const license = await licenseOfKey(jti);
  await store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    if (!(await revokeIn(tx, license, jti, reason, actor, now)))
      throw new Refusal("ALREADY_REVOKED", "This key was already revoked. Nothing was changed.");
  });
}

/** Revokes a key under the lock of its license, which the caller holds; false if it was revoked before. */
export async function revokeIn(
  tx: Tx,
  license: string,
  jti: string,
  reason: string,
  actor: Actor,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.signedKey.updateMany({
    where: { jti, revokedAt: null },
    data: { revokedAt: now, revokedReason: reason },
  });
  if (count === 0) return false;
  await recordEvents(tx, license, actor, now, [{ action: "key.revoked", object: jti, details: { reason } }]);
  return true;
}

function actorFrom(kind: string | null, id: string | null): LicenseKey["issuedBy"] {
  return isActorKind(kind) && id !== null ? { kind, id } : null;
}

async function refuseRevoked(tx: Tx, number: string): Promise<void> {
  const license = await tx.license.findUnique({ where: { number }, select: { status: true } });
  if (license?.status === "revoked")
    throw new Refusal(
      "LICENSE_REVOKED",
      "This license was revoked permanently, so a new key would not work.",
    );
}
