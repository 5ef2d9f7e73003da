import { createPrivateKey, X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { caCertificates } from "./certificates";
import { selfSigned } from "./test-certificate";

const { cert, key } = selfSigned();
const other = selfSigned("rsa").cert;
const fingerprints = (pem: string) =>
  (pem.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? []).map(
    (block) => new X509Certificate(block).fingerprint256,
  );
const der = new X509Certificate(cert).raw;
const keyDer = (type: "pkcs8" | "sec1") => createPrivateKey(key).export({ format: "der", type });
const block = (label: string) => `-----BEGIN ${label}-----\nMIIB\n-----END ${label}-----\n`;

test.each([
  ["PEM", Buffer.from(cert), [cert]],
  [
    "PEM with lines of Windows and words between",
    Buffer.from(`Our CA\r\n${cert.replaceAll("\n", "\r\n")}`),
    [cert],
  ],
  ["PEM in UTF-16", Buffer.from(`\uFEFF${cert}`, "utf16le"), [cert]],
  ["PEM behind a byte order mark", Buffer.from(`\uFEFF${cert}`), [cert]],
  ["several", Buffer.from(cert + other), [cert, other]],
  ["a certificate beside a key", Buffer.from(key + cert), [cert]],
  ["DER", der, [cert]],
])("%s is accepted", (_, bytes, certificates) =>
  expect(fingerprints(caCertificates(bytes))).toEqual(certificates.flatMap(fingerprints)),
);

test.each([
  ["nothing", Buffer.alloc(0), "it is empty"],
  ["a key", Buffer.from(key), "holds a private key"],
  ["an encrypted key", Buffer.from(block("ENCRYPTED PRIVATE KEY")), "holds a private key"],
  ["a key as DER", keyDer("pkcs8"), "holds a private key"],
  ["an EC key as DER", keyDer("sec1"), "holds a private key"],
  ["a request", Buffer.from(block("CERTIFICATE REQUEST")), "holds a certificate request"],
  ["a public key", Buffer.from(block("PUBLIC KEY")), "holds a public key"],
  ["PKCS #7", Buffer.from(block("PKCS7")), "openssl pkcs7"],
  ["PKCS #12", Buffer.from("3082010002010330", "hex"), "openssl pkcs12"],
  ["a damaged certificate", Buffer.from(block("CERTIFICATE")), "certificate 1 in it is damaged"],
  ["one damaged among others", Buffer.from(cert + block("CERTIFICATE")), "certificate 2 in it is damaged"],
  ["a certificate that is cut off", Buffer.from(cert.slice(0, 200)), "cut off"],
  ["half of DER", der.subarray(0, 100), "no certificate"],
  ["a server's certificate", Buffer.from(selfSigned("ec", Date.now(), "Acme CA").cert), "that of the CA"],
  ["junk", Buffer.from("hello"), "neither PEM nor DER"],
])("%s is refused: %s", (_, bytes, reason) => expect(() => caCertificates(bytes)).toThrow(reason));
