import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Env } from "./env";
import { decodeSecret } from "./secret-text";
import { vaultService } from "./vault";
import { isCiphertext, type VAULT_SETTINGS, vaultIn } from "./vault-settings";

const SIZE = 32;

export type SecretSettings = Pick<
  Env,
  "DATA_DIR" | "SIGNET_SECRET" | "SIGNET_SECRET_PREVIOUS" | keyof typeof VAULT_SETTINGS
>;

/**
 * The secrets of the installation, the one in use first. It wraps data keys and signs sessions, nothing else. The
 * embedded store creates its own at the first start, in `DATA_DIR/secret`. A ciphertext is decrypted by its key service.
 */
export async function readSecrets(env: SecretSettings): Promise<Buffer[]> {
  const { SIGNET_SECRET: current, SIGNET_SECRET_PREVIOUS: previous } = env;
  return [
    current ? await secretIn(env, "SIGNET_SECRET", current) : secretInFolder(env.DATA_DIR),
    ...(previous ? [await secretIn(env, "SIGNET_SECRET_PREVIOUS", previous)] : []),
  ];
}

/** The secrets of the installation if it has one: none is created. */
export async function findSecrets(env: SecretSettings): Promise<Buffer[]> {
  const isSet = env.SIGNET_SECRET || existsSync(/* turbopackIgnore: true */ join(env.DATA_DIR, "secret"));
  return isSet ? readSecrets(env) : [];
}

async function secretIn(env: SecretSettings, name: string, text: string): Promise<Buffer> {
  if (!isCiphertext(text)) return Buffer.from(text, "base64");
  const secret = await vaultService(vaultIn(env))
    .decrypt(text)
    .catch((cause) => {
      throw new Error(`${name} can't be decrypted. ${cause.message}`, { cause });
    });
  if (secret.length >= SIZE) return secret;
  throw new Error(
    `${name} holds ${secret.length} bytes once it is decrypted. It must hold at least ${SIZE}.`,
  );
}

/** Gives a folder without a store the secret of the store that it will hold. */
export function storeSecret(folder: string, secret: Buffer): void {
  mkdirSync(/* turbopackIgnore: true */ folder, { recursive: true, mode: 0o700 });
  writeDurably(folder, secret);
}

/**
 * After a rotation the folder's secret is the one in use, so that the next start needs no setting. A longer secret,
 * and one that was never in the folder, stay in SIGNET_SECRET.
 */
export function keepSecret(folder: string, secret: Buffer): void {
  const path = join(folder, "secret");
  if (secret.length !== SIZE || !existsSync(/* turbopackIgnore: true */ path)) return;
  const kept = decodeSecret(readFileSync(/* turbopackIgnore: true */ path, "utf8"));
  if (!kept?.equals(secret)) writeDurably(folder, secret);
}

function secretInFolder(folder: string): Buffer {
  const path = join(folder, "secret");
  if (!existsSync(/* turbopackIgnore: true */ path)) {
    refuseLoss(folder, path);
    storeSecret(folder, randomBytes(SIZE));
  }
  return readWhole(path);
}

/** A store without its secret can't be read, and a new secret would hide the reason. */
function refuseLoss(folder: string, path: string): void {
  if (!existsSync(/* turbopackIgnore: true */ join(folder, "pg"))) return;
  throw new Error(
    `${path} is missing, and the store beside it can't be read without it. Put it back from a backup, or set SIGNET_SECRET to the secret in use.`,
  );
}

function readWhole(path: string): Buffer {
  const secret = decodeSecret(readFileSync(/* turbopackIgnore: true */ path, "utf8"));
  if (secret?.length === SIZE) return secret;
  throw new Error(
    `${path} doesn't have a complete secret: ${SIZE} bytes in base64. Put it back from a backup. If there is no store yet, delete the file: the next start creates a new one.`,
  );
}

/**
 * Complete or not at all, even after a full disk or a power cut: written to another name, flushed to the disk, then
 * renamed.
 */
function writeDurably(folder: string, secret: Buffer): void {
  const path = join(folder, "secret");
  const aside = `${path}.new`;
  const file = openSync(/* turbopackIgnore: true */ aside, "w", 0o600);
  try {
    writeSync(file, secret.toString("base64"));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(/* turbopackIgnore: true */ aside, path);
  if (process.platform !== "win32") syncFolder(folder);
}

function syncFolder(folder: string): void {
  const file = openSync(/* turbopackIgnore: true */ folder, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A key for one purpose, so that no two uses share one (RFC 5869). */
export function derived(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `signet ${purpose}`, SIZE));
}

export function mac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
