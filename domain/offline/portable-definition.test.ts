import { generateKeyPairSync } from "node:crypto";
import { CompactSign, exportJWK } from "jose";
import { expect, test } from "vitest";
import { PORTABLE_TYPE, type PortableError, verifyPortable } from "./portable-definition";

const NOW = new Date("2026-08-24T10:00:00Z");
const KID = "9b2d3f0a-2c1e-4d5f-8a7b-6c5d4e3f2a1b";
const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const keys = [{ ...(await exportJWK(pair.publicKey)), kid: KID, use: "sig" }];
const definition = { product: "QSEfW", valid: "", trial: false, allotments: [], parameters: [] };
const claims = {
  jti: "0f0e0d0c-0b0a-4908-8706-050403020100",
  ...{ license: "9999000000001253", version: "1", definition, aud: "QSEfW", salt: "aa", logKey: "bb" },
  ...{ iat: NOW.getTime() / 1000, exp: NOW.getTime() / 1000 + 60 },
};

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64");

async function document(header = {}, beside: object = definition): Promise<string> {
  const jws = await new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "RS512", typ: PORTABLE_TYPE, kid: KID, ...header })
    .sign(pair.privateKey);
  return base64({ signedDef: { definition: base64(beside), jws } });
}

/** The document with one character of its signed part changed. */
function edited(sld: string): string {
  const { signedDef } = JSON.parse(Buffer.from(sld, "base64").toString());
  const [head, payload, signature] = signedDef.jws.split(".");
  const text = Buffer.from(payload, "base64url").toString().replace("QSEfW", "QSEfX");
  const jws = [head, Buffer.from(text).toString("base64url"), signature].join(".");
  return base64({ signedDef: { ...signedDef, jws } });
}

test("a document that verifies returns its claims, also with the line breaks of a mail", async () => {
  const sld = await document();
  const reader = { now: NOW, license: claims.license, product: "QSEfW" };
  expect(await verifyPortable(sld, keys, reader)).toEqual(claims);
  expect(await verifyPortable(`${sld.replace(/.{76}/g, "$&\r\n")}\n`, keys, { now: NOW })).toEqual(claims);
});

type Case = [PortableError, string, () => Promise<string> | string, object?];
const cases: Case[] = [
  ["UNREADABLE", "nothing", () => ""],
  ["UNREADABLE", "other JSON", () => base64({ signedDef: { definition: 1, jws: 2 } })],
  ["UNREADABLE", "a cut file", async () => (await document()).slice(0, 300)],
  ["UNREADABLE", "no JWS inside", () => base64({ signedDef: { definition: "", jws: "a.b" } })],
  ["WRONG_TYPE", "a definition of a lease", () => document({ typ: "license-definition+jwt" })],
  ["WRONG_TYPE", "another algorithm", () => document({ alg: "RS256" })],
  ["UNKNOWN_SIGNER", "a withdrawn or foreign key", () => document({ kid: "other" })],
  ["WRONG_SIGNATURE", "an edited claim", async () => edited(await document())],
  ["EDITED", "an edited definition beside", () => document({}, { ...definition, trial: true })],
  ["OTHER_LICENSE", "a file of another license", () => document(), { license: "9999000000009999" }],
  ["OTHER_PRODUCT", "a file of another product", () => document(), { product: "QV" }],
  ["EXPIRED", "a file at its end", () => document(), { now: new Date(NOW.getTime() + 60_000) }],
];
test.each(cases)("%s: %s", async (fault, _, make, reader = {}) => {
  expect(await verifyPortable(await make(), keys, { now: NOW, ...reader })).toBe(fault);
});

test("a document is valid up to a moment before its end", async () => {
  const now = new Date(NOW.getTime() + 59_999);
  expect(await verifyPortable(await document(), keys, { now })).toEqual(claims);
});
