import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { certificatesIn } from "./certificates";

export type TlsPair = { cert: string; key: string };

/** A server's certificate, with its chain, and its key. Throws a sentence that names the setting. */
export function readTlsPair({ TLS_CERT, TLS_KEY }: { TLS_CERT: string; TLS_KEY: string }): TlsPair {
  const certificates = using("TLS_CERT", TLS_CERT, certificatesIn);
  const key = using("TLS_KEY", TLS_KEY, privateKeyIn);
  if (!certificates[0]?.checkPrivateKey(key))
    throw new Error(`TLS_KEY is not the key of the first certificate in ${TLS_CERT}.`);
  const pem = key.export({ format: "pem", type: "pkcs8" }).toString();
  return { cert: certificates.map(String).join(""), key: pem };
}

function using<Content>(setting: string, file: string, read: (bytes: Buffer) => Content): Content {
  try {
    return read(readFileSync(/* turbopackIgnore: true */ file));
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? `it can't be read (${error.code})` : null;
    throw new Error(
      `${setting} can't use ${file}: ${reason ?? (error instanceof Error ? error.message : error)}.`,
    );
  }
}

function privateKeyIn(bytes: Buffer): KeyObject {
  const text = bytes.toString("latin1");
  try {
    return createPrivateKey(bytes);
  } catch {
    throw new Error(whyNoKey(text));
  }
}

function whyNoKey(text: string): string {
  if (/-----BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(text))
    return "its key is encrypted. Decrypt it with: openssl pkey -in FILE -out key.pem";
  if (/-----BEGIN (?:\w+ )?CERTIFICATE/.test(text) && !text.includes("PRIVATE KEY"))
    return "it holds a certificate, not a private key";
  return "it holds no private key in PEM. Convert DER with: openssl pkey -inform der -in FILE -out key.pem";
}
