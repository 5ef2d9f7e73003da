import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";

const NONCE = 12;
const TAG = 16;
const POOL = 4096;

let allotment = { bytes: Buffer.alloc(0), used: 0 };

/** Random bytes from a pool, because asking the system for each few costs more than encrypting with them. */
export function random(count: number): Buffer {
  if (allotment.used + count > allotment.bytes.length) allotment = { bytes: randomBytes(POOL), used: 0 };
  allotment.used += count;
  return allotment.bytes.subarray(allotment.used - count, allotment.used);
}

/** The first encrypts, each decrypts: there are several while a key is being rotated. */
export type EncryptionKeys = readonly [Buffer, ...Buffer[]];

/** AES-256-GCM: nonce, ciphertext and tag together. `context` is bound to it and must be the same to decrypt it. */
export function encrypt([key]: EncryptionKeys, plain: Buffer, context: string): Buffer {
  const nonce = random(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Decrypts the result of `encrypt`; throws if every key, the context or a single bit differs. */
export function decrypt([key, ...others]: EncryptionKeys, sealed: Uint8Array, context: string): Buffer {
  const [next, ...rest] = others;
  if (!next) return decryptWith(key, sealed, context);
  try {
    return decryptWith(key, sealed, context);
  } catch {
    return decrypt([next, ...rest], sealed, context); // The tag tells which key it was.
  }
}

function decryptWith(key: Buffer, sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(bytes.length - TAG));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE, bytes.length - TAG)), decipher.final()]);
}

/** The MAC in hex, made at once: cheaper than a buffer that becomes a text. */
export function macInHex(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}
