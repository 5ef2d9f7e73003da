import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { exportJWK, type JWK } from "jose";
import { Refusal } from "@/domain/refusals/refusal";
import type { Prisma } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { decrypt, encrypt } from "@/server/secrets/encryption";
import { offTheClock } from "@/server/store/deadline";
import { lockInstallation } from "@/server/store/locks";
import { perProcess } from "@/server/store/per-process";
import { store, type Tx } from "@/server/store/store";

const MODULUS_BITS = 3072;
const READ_EVERY_MS = 200;

type Ring = {
  keys: Map<string, KeyObject>;
  begun: number;
  last: Promise<void>;
  next: Promise<void> | null;
};
type Signer = { kid: string; privateKey: KeyObject };

const ring = () =>
  perProcess<Ring>("key-ring", () => ({
    keys: new Map(),
    begun: Number.NEGATIVE_INFINITY,
    last: Promise.resolve(),
    next: null,
  }));
const signers = () => perProcess("signers", () => new Map<string, KeyObject>());
/** The context to which the encrypted private part is bound. */
export const privateContext = (kid: string) => `signing_key|private_key|${kid}`;

/**
 * The public key of a kid that wasn't withdrawn. Another server may have created an unknown kid a moment ago: it is
 * looked up in the store, in a read that begins after the request. Guesses cause at most five reads a second.
 */
export async function publicKeyOf(kid: string): Promise<KeyObject | null> {
  const known = ring().keys.get(kid);
  if (known) return known;
  await nextReading(ring());
  return ring().keys.get(kid) ?? null;
}

/** All callers before the read begins share it. */
function nextReading(current: Ring): Promise<void> {
  current.next ??= readNext(current);
  return current.next;
}

async function readNext(current: Ring): Promise<void> {
  await current.last;
  await setTimeout(Math.max(0, current.begun + READ_EVERY_MS - performance.now()));
  const reading = readRing(current);
  current.last = reading.catch(() => {}); // callers that wait for it get the error
  current.next = null;
  current.begun = performance.now();
  await reading;
}

async function readRing(current: Ring): Promise<void> {
  const rows = await store().db.signingKey.findMany({ where: { status: { not: "withdrawn" } } });
  current.keys = new Map(rows.map(({ kid, publicKey }) => [kid, createPublicKey(publicKey)]));
}

/** The public keys with which others verify, as a JWK Set (RFC 7517). */
export function jsonWebKeySet(): Promise<{ keys: JWK[] }> {
  return publicKeys({ status: { not: "withdrawn" } });
}

/** The public keys of every signing key that there ever was. A withdrawn one may be in the hands of others. */
export function everyJsonWebKey(): Promise<{ keys: JWK[] }> {
  return publicKeys({});
}

async function publicKeys(where: Prisma.SigningKeyWhereInput): Promise<{ keys: JWK[] }> {
  const rows = await store().db.signingKey.findMany({ where, orderBy: { createdAt: "desc" } });
  const keys = rows.map(async ({ kid, publicKey }) => ({
    ...(await exportJWK(createPublicKey(publicKey))),
    kid,
    use: "sig",
    alg: "RS512",
  }));
  return { keys: await Promise.all(keys) };
}

/** The id of the active signing key. */
export async function activeKid(): Promise<string> {
  const row = await store().db.signingKey.findFirst({ where: { status: "active" }, select: { kid: true } });
  if (!row) throw new Error("There is no active signing key.");
  return row.kid;
}

/** The active signing key. */
export async function activeSigner(): Promise<Signer> {
  const row = await store().db.signingKey.findFirst({ where: { status: "active" } });
  if (!row) throw new Error("There is no active signing key.");
  return signerFrom(row);
}

/** Whether a key is still active. It stays active until the transaction ends: rotation and withdrawal wait for that. */
export async function holdActiveSigner(tx: Tx, kid: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ status: string }[]>`
    SELECT status::text FROM signing_key WHERE kid = ${kid}::uuid FOR SHARE`;
  return row?.status === "active";
}

/** The signer of a kid, to sign the same content again. Throws `KEY_WITHDRAWN` once its private part is destroyed. */
export async function signerOf(kid: string): Promise<Signer> {
  const row = await store().db.signingKey.findUnique({ where: { kid } });
  if (!row?.privateKey)
    throw new Refusal(
      "KEY_WITHDRAWN",
      "The key's signing key was withdrawn, so the key can't be shown again. Issue a new one.",
    );
  return signerFrom(row);
}

/** The signer of a kid that a statement has just named as the active one. */
export async function signerByKid(kid: string): Promise<Signer> {
  const privateKey = signers().get(kid);
  return privateKey ? { kid, privateKey } : signerOf(kid);
}

async function signerFrom({
  kid,
  privateKey,
}: {
  kid: string;
  privateKey: Uint8Array | null;
}): Promise<Signer> {
  const known = signers().get(kid);
  if (known) return { kid, privateKey: known };
  if (!privateKey) throw new Error(`The signing key ${kid} has no private part.`);
  const { encryption } = await dataKeys(INSTALLATION);
  const der = decrypt(encryption, privateKey, privateContext(kid));
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  signers().set(kid, key);
  return { kid, privateKey: key };
}

/** Makes a new signing key active; the previous one still verifies but signs no more. */
export async function rotateSigningKey(actor: Actor, now: Date): Promise<{ kid: string }> {
  const made = await makeSigningKey();
  await store().db.$transaction(async (tx) => {
    await recordEvents(tx, INSTALLATION, actor, now, [{ action: "signing-key.rotated", object: made.kid }]);
    await tx.signingKey.updateMany({
      where: { status: "active" },
      data: { status: "retired", retiredAt: now },
    });
    await tx.signingKey.create({ data: { ...made, status: "active", createdAt: now } });
  });
  return { kid: made.kid };
}

/** Creates the first signing key of an installation. */
export async function ensureSigningKey(now: Date): Promise<void> {
  const { db } = store();
  if ((await db.signingKey.count()) > 0) return;
  const made = await makeSigningKey();
  await db.signingKey.createMany({
    data: [{ ...made, status: "active", createdAt: now }],
    skipDuplicates: true,
  });
}

async function makeSigningKey() {
  const pair = await offTheClock(() => promisify(generateKeyPair)("rsa", { modulusLength: MODULUS_BITS }));
  const kid = crypto.randomUUID();
  const { encryption } = await dataKeys(INSTALLATION);
  const der = pair.privateKey.export({ format: "der", type: "pkcs8" });
  const publicKey = pair.publicKey.export({ format: "pem", type: "spki" }).toString();
  return { kid, publicKey, privateKey: new Uint8Array(encrypt(encryption, der, privateContext(kid))) };
}

/** Retires a key, so that it signs nothing new; the active one is retired only by rotation. */
export async function retireSigningKey(kid: string, actor: Actor, now: Date): Promise<void> {
  await store().db.$transaction(async (tx) => {
    const { status } = await lockSigningKey(tx, kid);
    if (status === "active")
      throw new Refusal(
        "SIGNING_KEY_ACTIVE",
        "This is the active signing key. Rotate first, which retires it.",
      );
    if (status === "withdrawn") throw new Refusal("KEY_WITHDRAWN", "This signing key was already withdrawn.");
    await recordEvents(tx, INSTALLATION, actor, now, [{ action: "signing-key.retired", object: kid }]);
  });
}

/**
 * Withdraws a signing key: nothing that it signed verifies any more, and its private part is destroyed. Returns how
 * many live license keys stop; with `dryRun` it changes nothing.
 */
export async function withdrawSigningKey(
  kid: string,
  dryRun: boolean,
  actor: Actor,
  now: Date,
): Promise<{ stops: number }> {
  return store().db.$transaction(async (tx) => {
    const { status } = await lockSigningKey(tx, kid);
    const stops = await tx.signedKey.count({ where: { kid, revokedAt: null } });
    if (dryRun) return { stops };
    if (status === "active")
      throw new Refusal(
        "SIGNING_KEY_ACTIVE",
        "This is the active signing key. Rotate first, then withdraw it.",
      );
    await recordEvents(tx, INSTALLATION, actor, now, [
      { action: "signing-key.withdrawn", object: kid, details: { stops } },
    ]);
    await tx.signingKey.update({
      where: { kid },
      data: { status: "withdrawn", withdrawnAt: now, privateKey: null },
    });
    signers().delete(kid);
    ring().keys.delete(kid);
    return { stops };
  });
}

/** Waits for the license keys that are being issued with it. */
async function lockSigningKey(tx: Tx, kid: string) {
  await lockInstallation(tx);
  await tx.$queryRaw`SELECT 1 FROM signing_key WHERE kid = ${kid}::uuid FOR UPDATE`;
  const row = await tx.signingKey.findUnique({ where: { kid } });
  if (!row) throw new Refusal("NOT_FOUND", "There is no such signing key.");
  return row;
}
