import { generateKeyPairSync, sign } from "node:crypto";

/** A certificate and its key, as PEM. */
export type Certificate = { cert: string; key: string };

const DAY = 86_400_000;
const ALGORITHMS = {
  ec: Buffer.from("06082a8648ce3d040302", "hex"), // ecdsa-with-SHA256
  rsa: Buffer.from("06092a864886f70d01010b0500", "hex"), // sha256WithRSAEncryption
};
const COMMON_NAME = Buffer.from("0603550403", "hex");
const SUBJECT_ALT_NAME = Buffer.from("0603551d11", "hex");
const LOOPBACK = Buffer.from([127, 0, 0, 1]);

/**
 * A certificate for 127.0.0.1 that no CA signed, whatever its issuer, valid from yesterday until tomorrow (X.509, RFC
 * 5280).
 */
export function selfSigned(
  kind: keyof typeof ALGORITHMS = "ec",
  now = Date.now(),
  issuer = "127.0.0.1",
): Certificate {
  const { publicKey, privateKey } =
    kind === "ec"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const algorithm = sequence(ALGORITHMS[kind]);
  const nameOf = (text: string) => sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(text)))));
  const validity = sequence(utcTime(now - DAY), utcTime(now + DAY));
  const names = sequence(SUBJECT_ALT_NAME, der(0x04, sequence(der(0x87, LOOPBACK))));
  const signed = sequence(
    der(0xa0, integer(2)),
    integer(1),
    algorithm,
    nameOf(issuer),
    validity,
    nameOf("127.0.0.1"),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(names)),
  );
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", signed, privateKey)]));
  return {
    cert: pem(sequence(signed, algorithm, signature)),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString("base64").replace(/.{64}/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function integer(value: number): Buffer {
  return der(0x02, Buffer.from([value]));
}

function utcTime(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}
