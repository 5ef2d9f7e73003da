import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { selfSigned } from "./test-certificate";
import { readTlsPair } from "./tls-pair";

const { cert, key } = selfSigned();
const encrypted = createPrivateKey(key).export({
  format: "pem",
  type: "pkcs8",
  cipher: "aes-256-cbc",
  passphrase: "x",
});
const keyDer = createPrivateKey(key).export({ format: "der", type: "pkcs8" });

function pairOf(certificate: string | Buffer, privateKey: string | Buffer) {
  const folder = mkdtempSync(join(tmpdir(), "tls-pair-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = { TLS_CERT: join(folder, "cert"), TLS_KEY: join(folder, "key") };
  writeFileSync(files.TLS_CERT, certificate);
  writeFileSync(files.TLS_KEY, privateKey);
  return readTlsPair(files);
}

test.each([
  ["PEM", cert],
  ["DER", new X509Certificate(cert).raw],
  ["a chain", cert + selfSigned().cert],
])("a certificate as %s is accepted with its key", (_, certificate) => {
  expect(createSecureContext(pairOf(certificate, key))).toBeDefined();
});

test.each([
  ["a key in place of the certificate", key, key, /^TLS_CERT can't use .*: it holds a private key/],
  ["junk in place of the certificate", "hello", key, /^TLS_CERT can't use .*: it is neither PEM nor DER/],
  ["a certificate in place of the key", cert, cert, /^TLS_KEY can't use .*: it holds a certificate/],
  ["an encrypted key", cert, encrypted, /^TLS_KEY can't use .*: its key is encrypted/],
  ["a key as DER", cert, keyDer, /^TLS_KEY can't use .*Convert DER/],
  ["another's key", cert, selfSigned().key, /^TLS_KEY is not the key of the first certificate/],
])("%s is refused", (_, certificate, privateKey, reason) => {
  expect(() => pairOf(certificate, privateKey)).toThrow(reason);
});

test("a missing file is reported with its setting", () => {
  const missing = { TLS_CERT: "/nowhere/cert.pem", TLS_KEY: "/nowhere/key.pem" };
  expect(() => readTlsPair(missing)).toThrow(
    "TLS_CERT can't use /nowhere/cert.pem: it can't be read (ENOENT).",
  );
});
