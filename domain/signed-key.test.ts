import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { keyTextIn } from "./pasted-key";
import { issueKey, parseKey, verifyKey } from "./signed-key";

/** The guide's example as printed: its signature is cut off inside a byte, so its last character has slack bits. */
const PRINTED =
  "eyJhbGciOiJSUzUxMiIsInR5cCI6IkpXVCIsImtpZCI6ImEzMzdhZDE3LTk1ODctNGNhOS05M2I3LTBiMmI5ZTNlOWI0OCJ9.eyJqdGkiOiI2MjNhYTlhZi05NTBmLTQ3ZjctOGJmMC1mNGQzOWY0MmQ5NmMiLCJsaWNlbnNlIjoiOTk5OTAwMDAwMDAwMTI1MyJ9.YJqTct2ngqLfl2VP3jxW4RsDNK2MTL-BpJWnBdIfF5gGbJcX0hc__tfIa2ab5ZrL9h6tsZxTwgucTFiRTAOz8PaOQP7JTnhPCyrBZwpnmhvCrSHx2C-HbCARFUIueBzMg8fgvWH-3HxBuxx6jnDhekDTUbb12vBq7CySampJkgMT7QsDdUkeJy5E7O0U8yhd1RtEDeuTbeX35eIdQUN4DyJWHHPiT9qZt1AV0_Ofe1iLKxYZMa5jC0kIsVwYnRCJzibZlrLE7mSVlNitxmcm8OoUrR_ZIk8VuOkoz_qqy8N_wwrt7FcT2slWz50XzuL8TIWY9mcGIL";
const KID = "a337ad17-9587-4ca9-93b7-0b2b9e3e9b48";
const CLAIMS = { jti: "623aa9af-950f-47f7-8bf0-f4d39f42d96c", license: "9999000000001253" };
const HEADER = { alg: "RS512", typ: "JWT", kid: KID };

let pair: CryptoKeyPair;
let key: string;
let short: { pair: CryptoKeyPair; key: string };

beforeAll(async () => {
  pair = await keyPair(3072);
  key = await issueKey(CLAIMS, KID, pair.privateKey);
  const small = await keyPair(2048);
  short = { pair: small, key: await issueKey(CLAIMS, KID, small.privateKey) };
}, 60_000);

describe("an issued key", () => {
  test("is read and verified", async () => {
    expect(parseKey(key)).toEqual({ ...CLAIMS, kid: KID, text: key });
    expect(await verifyKey(key, pair.publicKey)).toBe(true);
  });

  test("has exactly the guide's header and claims", () => {
    expect(key.split(".").slice(0, 2)).toEqual(PRINTED.split(".").slice(0, 2));
  });

  test("has the same text each time, with 512 characters of signature", async () => {
    expect(await issueKey(CLAIMS, KID, pair.privateKey)).toBe(key);
    expect(key.split(".")[2]).toHaveLength(512);
  });

  test("carries only the claims, whatever else was passed in", async () => {
    const wide = { ...CLAIMS, exp: 1 };
    expect(await issueKey(wide, KID, pair.privateKey)).toBe(key);
  });

  test("doesn't verify with another signing key", async () => {
    expect(await verifyKey(key, short.pair.publicKey)).toBe(false);
  });

  test("is not verified, without an exception, by a public key of another kind", async () => {
    const other = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
      "verify",
      "sign",
    ]);
    expect(await verifyKey(key, other.publicKey)).toBe(false);
  });

  test("doesn't verify with the signature of another key text", async () => {
    const other = await issueKey({ ...CLAIMS, license: "9999000000001254" }, KID, pair.privateKey);
    const [head, body] = key.split(".");
    const mixed = `${head}.${body}.${other.split(".")[2]}`;
    expect(parseKey(mixed)).not.toBeNull();
    expect(await verifyKey(mixed, pair.publicKey)).toBe(false);
  });
});

describe("the guide's example", () => {
  test("is read once its signature ends with a whole byte, and never verifies", async () => {
    const whole = `${PRINTED.slice(0, -1)}A`;
    expect(parseKey(whole)).toEqual({ ...CLAIMS, kid: KID, text: whole });
    expect(await verifyKey(whole, pair.publicKey)).toBe(false);
  });

  test("is refused as printed, because of the slack bits", () => {
    expect(parseKey(PRINTED)).toBeNull();
  });
});

describe("members in another order", () => {
  test.each([
    [{ kid: KID, alg: "RS512", typ: "JWT" }, CLAIMS],
    [{ typ: "JWT", kid: KID, alg: "RS512" }, CLAIMS],
    [HEADER, { license: CLAIMS.license, jti: CLAIMS.jti }],
  ])("%j %j are read", async (header, claims) => {
    const text = await signed(JSON.stringify(header), JSON.stringify(claims));
    expect(parseKey(text)).toEqual({ ...CLAIMS, kid: KID, text });
    expect(await verifyKey(text, pair.publicKey)).toBe(true);
  });
});

/** Texts that an ordinary JWT library may take for the same key. */
const malleations: Record<string, (text: string) => string> = {
  "a trailing newline": (text) => `${text}\n`,
  "a trailing CR LF": (text) => `${text}\r\n`,
  "a trailing space": (text) => `${text} `,
  "a leading space": (text) => ` ${text}`,
  "a space in the signature": (text) => `${text.slice(0, -20)} ${text.slice(-20)}`,
  "a newline in the signature": (text) => `${text.slice(0, -20)}\n${text.slice(-20)}`,
  "a tab in the header": (text) => `${text.slice(0, 8)}\t${text.slice(8)}`,
  "a no-break space in the claims": (text) => `${text.slice(0, 120)}\u00a0${text.slice(120)}`,
  "a zero byte": (text) => `${text}\0`,
  "a byte order mark": (text) => `\ufeff${text}`,
  "one padding": (text) => `${text}=`,
  "two paddings": (text) => `${text}==`,
  "a padded header": (text) => text.replace(".", "=."),
  "a character too many for whole bytes": (text) =>
    `${text}${text.split(".")[2]?.length === 512 ? "A" : "AAA"}`,
  "the base64 alphabet": (text) => text.replaceAll("-", "+").replaceAll("_", "/"),
  "a look-alike letter": (text) => text.replace("e", "\u0435"),
  "a full-width letter": (text) => text.replace("J", "\uff2a"),
  "a further character in the header": (text) => text.replace(".", "A."),
  "a further character in the claims": (text) => text.replace(/\.([^.]+)\./, ".$1A."),
  "four parts": (text) => `${text}.AAAA`,
  "five parts": (text) => `${text}.AAAA.AAAA`,
  "two parts": (text) => text.split(".").slice(0, 2).join("."),
  "an empty signature": (text) => `${text.split(".").slice(0, 2).join(".")}.`,
  "an empty header": (text) => `.${text.split(".").slice(1).join(".")}`,
  "a leading dot": (text) => `.${text}`,
  "a detached payload": (text) => text.replace(/\.[^.]+\./, ".."),
  "the scheme before it": (text) => `Bearer ${text}`,
  quotes: (text) => `"${text}"`,
  "1 MB of signature": (text) => text + "A".repeat(1_048_576),
  "1 MB of claims": (text) => text.replace(".", `.${"A".repeat(1_048_576)}`),
  "4 KiB and one character": (text) => text + "A".repeat(4097 - text.length),
};

describe.each(["3072", "2048"])("the text of a key of %s bits", (bits) => {
  test.each(Object.entries(malleations))("is refused with %s", async (_name, malleate) => {
    const genuine = bits === "2048" ? short : { pair, key };
    const text = malleate(genuine.key);
    expect(text).not.toBe(genuine.key);
    expect(parseKey(text)).toBeNull();
    expect(await verifyKey(text, genuine.pair.publicKey)).toBe(false);
  });
});

test("every spelling of the slack bits of a 2048-bit signature but the canonical one is refused", async () => {
  const bytes = (text: string) => Buffer.from(text.split(".")[2] ?? "", "base64url").toString("hex");
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const spellings = [...alphabet]
    .map((last) => short.key.slice(0, -1) + last)
    .filter((text) => bytes(text) === bytes(short.key));
  expect(spellings).toHaveLength(16);
  expect(spellings.filter((text) => parseKey(text))).toEqual([short.key]);
  const verified = await Promise.all(spellings.map((text) => verifyKey(text, short.pair.publicKey)));
  expect(verified.filter(Boolean)).toHaveLength(1);
});

test("the JSON forms of a JWS are refused", () => {
  const [head = "", payload = "", signature = ""] = key.split(".");
  const flattened = { payload, protected: head, signature };
  const general = { payload, signatures: [{ protected: head, signature }] };
  expect(parseKey(JSON.stringify(flattened))).toBeNull();
  expect(parseKey(JSON.stringify(general))).toBeNull();
});

/** Headers and claims that are wrong, though correctly signed by the genuine key. */
const json = JSON.stringify;
const wrongHeaders: Record<string, string> = {
  "alg none": json({ ...HEADER, alg: "none" }),
  "alg None": json({ ...HEADER, alg: "None" }),
  "alg HS256": json({ ...HEADER, alg: "HS256" }),
  "alg HS512": json({ ...HEADER, alg: "HS512" }),
  "alg RS256": json({ ...HEADER, alg: "RS256" }),
  "alg PS512": json({ ...HEADER, alg: "PS512" }),
  "alg in lower case": json({ ...HEADER, alg: "rs512" }),
  "alg with a space": json({ ...HEADER, alg: "RS512 " }),
  "alg with a newline": json({ ...HEADER, alg: "RS512\n" }),
  "alg as a list": json({ ...HEADER, alg: ["RS512"] }),
  "no alg": json({ typ: "JWT", kid: KID }),
  "typ in lower case": json({ ...HEADER, typ: "jwt" }),
  "another typ": json({ ...HEADER, typ: "license-definition+jwt" }),
  "no typ": json({ alg: "RS512", kid: KID }),
  "no kid": json({ alg: "RS512", typ: "JWT" }),
  "kid as null": json({ ...HEADER, kid: null }),
  "kid as a number": json({ ...HEADER, kid: 1 }),
  "kid as a path": json({ ...HEADER, kid: "../../etc/passwd" }),
  "kid as SQL": json({ ...HEADER, kid: "' OR 1=1 --" }),
  "kid in upper case": json({ ...HEADER, kid: KID.toUpperCase() }),
  "kid with a newline": json({ ...HEADER, kid: `${KID}\n` }),
  "empty kid": json({ ...HEADER, kid: "" }),
  crit: json({ ...HEADER, crit: ["b64"] }),
  b64: json({ ...HEADER, b64: false, crit: ["b64"] }),
  jku: json({ ...HEADER, jku: "https://attacker.example/jwks.json" }),
  jwk: json({ ...HEADER, jwk: { kty: "RSA", n: "AQAB", e: "AQAB" } }),
  x5u: json({ ...HEADER, x5u: "https://attacker.example/x.pem" }),
  x5c: json({ ...HEADER, x5c: ["AAAA"] }),
  cty: json({ ...HEADER, cty: "JWT" }),
  zip: json({ ...HEADER, zip: "DEF" }),
  "a repeated alg": `{"alg":"none","alg":"RS512","typ":"JWT","kid":"${KID}"}`,
  "a repeated kid": `{"alg":"RS512","typ":"JWT","kid":"${KID}","kid":"${KID}"}`,
  "an escaped repeated alg": `{"alg":"RS512","typ":"JWT","kid":"${KID}","\\u0061lg":"RS512"}`,
  "an escaped member": `{"\\u0061lg":"RS512","typ":"JWT","kid":"${KID}"}`,
  "an escaped value": `{"alg":"RS51\\u0032","typ":"JWT","kid":"${KID}"}`,
  "white space": `{"alg":"RS512", "typ":"JWT","kid":"${KID}"}`,
  "a newline after": `${json(HEADER)}\n`,
  "a byte order mark": `\ufeff${json(HEADER)}`,
  "a member __proto__": `{"alg":"RS512","typ":"JWT","kid":"${KID}","__proto__":{}}`,
  "a __proto__ that holds the members": `{"__proto__":${json(HEADER)}}`,
  "a member toString": json({ alg: "RS512", typ: "JWT", toString: KID }),
  "a list": json([HEADER]),
  "a text": json("RS512"),
  null: "null",
  "no JSON": "RS512",
  "half JSON": json(HEADER).slice(0, -1),
};
const wrongClaims: Record<string, string> = {
  exp: json({ ...CLAIMS, exp: 4_102_444_800 }),
  iat: json({ ...CLAIMS, iat: 0 }),
  sub: json({ ...CLAIMS, sub: "acme" }),
  "no jti": json({ license: CLAIMS.license }),
  "no license": json({ jti: CLAIMS.jti }),
  "license as a number": `{"jti":"${CLAIMS.jti}","license":${CLAIMS.license}}`,
  "license as a list": json({ ...CLAIMS, license: [CLAIMS.license] }),
  "license with spaces": json({ ...CLAIMS, license: "9999 0000 0000 1253" }),
  "a license of 15 digits": json({ ...CLAIMS, license: "999900000000125" }),
  "a license of 17 digits": json({ ...CLAIMS, license: "99990000000012530" }),
  "a license with a newline": json({ ...CLAIMS, license: `${CLAIMS.license}\n` }),
  "a license of Arabic digits": json({ ...CLAIMS, license: "٩٩٩٩٠٠٠٠٠٠٠٠١٢٥٣" }),
  "jti as an object": json({ ...CLAIMS, jti: { toString: CLAIMS.jti } }),
  "jti as true": json({ ...CLAIMS, jti: true }),
  "jti in upper case": json({ ...CLAIMS, jti: CLAIMS.jti.toUpperCase() }),
  "jti in braces": json({ ...CLAIMS, jti: `{${CLAIMS.jti}}` }),
  "jti as SQL": json({ ...CLAIMS, jti: "'; DROP TABLE keys; --" }),
  "a repeated license": `{"jti":"${CLAIMS.jti}","license":"9999000000009999","license":"${CLAIMS.license}"}`,
  "a repeated jti": `{"jti":"${CLAIMS.jti}","jti":"${CLAIMS.jti}","license":"${CLAIMS.license}"}`,
  "white space": JSON.stringify(CLAIMS, null, 1),
  "a nested JWT": PRINTED,
  "a quoted nested JWT": json(PRINTED),
  "a list": json([CLAIMS]),
  "no JSON": "license",
  "an empty object": "{}",
};

describe("a correctly signed text", () => {
  test.each(Object.entries(wrongHeaders))("is refused for its header: %s", async (_name, header) => {
    await expectRefused(await signed(header, json(CLAIMS)));
  });

  test.each(Object.entries(wrongClaims))("is refused for its claims: %s", async (_name, claims) => {
    await expectRefused(await signed(json(HEADER), claims));
  });

  test("is refused when its JSON is not UTF-8", async () => {
    const header = Buffer.from(json({ ...HEADER, kid: "KID" }));
    header[header.indexOf("KID")] = 0xff;
    await expectRefused(await signed(header, json(CLAIMS)));
  });

  test("is refused in UTF-16", async () => {
    await expectRefused(await signed(Buffer.from(json(HEADER), "utf16le"), json(CLAIMS)));
  });
});

test("a forgery by HMAC with the public key as the secret is refused", async () => {
  const spki = await crypto.subtle.exportKey("spki", pair.publicKey);
  const usage = { name: "HMAC", hash: "SHA-512" };
  const secret = await crypto.subtle.importKey("raw", spki, usage, false, ["sign"]);
  const input = `${part(json({ ...HEADER, alg: "HS512" }))}.${part(json(CLAIMS))}`;
  const mac = await crypto.subtle.sign("HMAC", secret, Buffer.from(input));
  await expectRefused(`${input}.${Buffer.from(mac).toString("base64url")}`);
});

test("no text that differs from a key by one edit verifies", async () => {
  const places = fc.nat({ max: 700 });
  const letters = fc.oneof(fc.constantFrom("", "A", "=", ".", "-", "_", "\n"), fc.string({ maxLength: 1 }));
  await fc.assert(
    fc.asyncProperty(places, fc.nat({ max: 2 }), letters, async (at, removed, added) => {
      const text = key.slice(0, at) + added + key.slice(at + removed);
      fc.pre(text !== key);
      expect(await verifyKey(text, pair.publicKey)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("any text is either read or refused, without an exception", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      expect(parseKey(text)).toBeNull();
    }),
  );
});

test("a key pasted from e-mail or PDF is read once it is cleaned, and only then", () => {
  const pasted = ` ${key.replace(/.{64}/g, "$&\r\n\t")}\u00a0\u2028\u200b\n`;
  expect(parseKey(pasted)).toBeNull();
  expect(keyTextIn(pasted)).toBe(key);
});

function keyPair(modulusLength: number): Promise<CryptoKeyPair> {
  const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-512", publicExponent: new Uint8Array([1, 0, 1]) };
  return crypto.subtle.generateKey({ ...rsa, modulusLength }, true, ["sign", "verify"]);
}

function part(content: string | Buffer): string {
  return Buffer.from(content).toString("base64url");
}

/** Signs whatever it gets, as a careless issuer would. */
async function signed(header: string | Buffer, claims: string): Promise<string> {
  const input = `${part(header)}.${part(claims)}`;
  const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", pair.privateKey, Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString("base64url")}`;
}

async function expectRefused(text: string) {
  expect(parseKey(text)).toBeNull();
  expect(await verifyKey(text, pair.publicKey)).toBe(false);
}
