import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, issueKey, revokeKey, test } from "./fixtures";
import { GUIDE_REPORT } from "./guide";
import { expectRefusal } from "./problem";
import { activate, call, consumptionOf, type Deployment, report } from "./product";

type Parts = { header: object; payload: object | string };

const { privateKey: foreign } = generateKeyPairSync("rsa", { modulusLength: 3072 });

/** Forgeries that are derived from a good key and must not be accepted. */
const FORGERIES: Record<string, (key: string) => string> = {
  "two parts": (key) => key.split(".").slice(0, 2).join("."),
  "four parts": (key) => `${key}.AAAA`,
  "an empty signature": (key) => `${key.split(".").slice(0, 2).join(".")}.`,
  "padding at the end": (key) => `${key}==`,
  "a dot at the end": (key) => `${key}.`,
  "a space within": (key) => `${key.slice(0, -40)} ${key.slice(-40)}`,
  "another alphabet": (key) => `${key.slice(0, -4)}+/+/`,
  "a changed signature": (key) => flipped(key, key.length - 300),
  "a changed last character": (key) => flipped(key, key.length - 1),
  "a changed payload": (key) =>
    resigned(key, ({ payload }) => ({ payload: { ...asObject(payload), extra: 1 } })),
  "another license": (key) =>
    resigned(key, ({ payload }) => ({ payload: { ...asObject(payload), license: "9999000000001253" } })),
  "JSON form": (key) => {
    const [protectedHeader, payload, signature] = key.split(".");
    return Buffer.from(JSON.stringify({ protected: protectedHeader, payload, signature })).toString(
      "base64url",
    );
  },
  "no algorithm": (key) => unsigned(key, "none"),
  "no algorithm, in capitals": (key) => unsigned(key, "NONE"),
  "a shared secret": (key) => {
    const text = encoded(key, { header: { alg: "HS512" } });
    return `${text}.${createHmac("sha512", "secret").update(text).digest("base64url")}`;
  },
  "another algorithm": (key) => forged(key, { header: { alg: "RS256" } }),
  "a foreign signature": (key) => forged(key, {}),
  "an unknown kid": (key) => forged(key, { header: { kid: "a337ad17-9587-4ca9-93b7-0b2b9e3e9b48" } }),
  "a path as kid": (key) => forged(key, { header: { kid: "../../../../dev/null" } }),
  "SQL as kid": (key) => forged(key, { header: { kid: "' OR 1=1 --" } }),
  "no kid": (key) => forged(key, { header: { kid: undefined } }),
  "its own key in the header": (key) => forged(key, { header: { jwk: foreign.export({ format: "jwk" }) } }),
  "an address of a key set": (key) => forged(key, { header: { jku: "http://localhost:1/jwks.json" } }),
  "a critical header": (key) => forged(key, { header: { crit: ["exp"], exp: 1 } }),
  "unencoded payload": (key) => forged(key, { header: { b64: false, crit: ["b64"] } }),
  "duplicate claims": (key) =>
    forged(key, {
      payload: '{"jti":"623aa9af-950f-47f7-8bf0-f4d39f42d96c","jti":"x","license":"9999000000001253"}',
    }),
  "claims of wrong types": (key) => forged(key, { payload: { jti: 1, license: 9999 } }),
  "a nested token": (key) => forged(key, { header: { cty: "JWT" }, payload: key }),
};

for (const [name, forge] of Object.entries(FORGERIES))
  test(`a key with ${name} is refused`, async ({ license: { site } }) => {
    const forgery = { ...site, key: forge(site.key) };
    expectRefusal(await activate(forgery), 401, "INVALID_KEY");
    expect((await activate(site)).status).toBe(200);
    expectRefusal(await activate(forgery), 401, "INVALID_KEY");
  });

test("the guide's printed key with its truncated signature is refused", async ({ door }) => {
  const key = readFileSync("e2e/fixtures/example-key.txt", "utf8").trim();
  expectRefusal(await activate({ door, key }), 401, "INVALID_KEY");
});

for (const [name, authorization] of [
  ["no credential", undefined],
  ["an empty credential", "Bearer "],
  ["another scheme", "Basic c2lnbmV0OnNpZ25ldA=="],
  ["something else", "Bearer nonsense"],
  ["an API token", `Bearer sgn_${"a".repeat(40)}`],
] as const)
  test(`a request with ${name} is refused`, async ({ door }) => {
    const response = await fetch(`${door}/v1/activations`, {
      method: "POST",
      headers: authorization === undefined ? {} : { Authorization: authorization },
      body: "{}",
    });
    expectRefusal(
      { status: response.status, headers: response.headers, body: await response.json() },
      401,
      "INVALID_KEY",
    );
    expect(response.headers.get("www-authenticate")).toContain("Bearer");
  });

test("the authorization scheme is case-insensitive", async ({ license: { site } }) => {
  const headers = { Authorization: `bEARER ${site.key}` };
  expect((await call(site, "GET", "/v1/definition", undefined, headers)).status).toBe(200);
});

test("a key of a megabyte is refused, and the next request is served", async ({ license: { site } }) => {
  const status = await activate({ ...site, key: `${site.key}${"A".repeat(1_000_000)}` }).then(
    (response) => response.status,
    () => "connection closed",
  );
  expect([401, 431, "connection closed"]).toContain(status);
  expect((await activate(site)).status).toBe(200);
});

test("every invalid key gets the same response", async ({ license: { site } }) => {
  const responses = await Promise.all(
    Object.values(FORGERIES).map(async (forge) => {
      const { status, body } = await activate({ ...site, key: forge(site.key) });
      return JSON.stringify({ answered: status, ...body, requestId: "" });
    }),
  );
  expect([...new Set(responses)]).toHaveLength(1);
});

test("the key is checked before the body", async ({ door }) => {
  const nobody: Deployment = { door, key: "nonsense" };
  expectRefusal(await call(nobody, "POST", "/v1/consumption", "{"), 401, "INVALID_KEY");
  expectRefusal(await call(nobody, "POST", "/v1/consumption", "x".repeat(6_000_000)), 401, "INVALID_KEY");
  expectRefusal(await call(nobody, "POST", "/v1/assignments/sync", "[]"), 401, "INVALID_KEY");
});

test("a forged report counts nothing", async ({ license: { site } }) => {
  await report(site, GUIDE_REPORT);
  for (const forge of Object.values(FORGERIES)) await report({ ...site, key: forge(site.key) }, GUIDE_REPORT);
  const { body } = await consumptionOf(site, "2018-11");
  expect(body.consumption[0]?.total).toBe(242);
});

test("revoking a key leaves the license's other keys valid", async ({ license, api, door }) => {
  const other = { door, key: (await issueKey(api, license.number)).key };
  await revokeKey(api, license.jti);
  expectRefusal(await activate(license.site), 403, "KEY_REVOKED");
  expect((await activate(other)).status).toBe(200);
});

test("a revoked key's refused report counts nothing", async ({ license, api, door }) => {
  const other = { door, key: (await issueKey(api, license.number)).key };
  await report(license.site, GUIDE_REPORT);
  await revokeKey(api, license.jti);
  expectRefusal(await report(license.site, GUIDE_REPORT), 403, "KEY_REVOKED");
  expect((await consumptionOf(other, "2018-11")).body.consumption[0]?.total).toBe(242);
});

for (const [status, code] of [
  ["suspended", "LICENSE_SUSPENDED"],
  ["revoked", "LICENSE_REVOKED"],
] as const)
  test(`a ${status} license is refused from the next request on`, async ({
    license: { site, number },
    api,
  }) => {
    expect((await activate(site)).status).toBe(200);
    const path = `/api/v1/admin/licenses/${number}`;
    const etag = (await api.get(path)).headers().etag ?? "*";
    const changed = await api.patch(path, { data: { status }, headers: { "If-Match": etag } });
    expect(changed.ok(), await changed.text()).toBe(true);
    expectRefusal(await activate(site), 403, code);
    expectRefusal(await report(site, GUIDE_REPORT), 403, code);
  });

test("a product that the license does not cover is refused", async ({ license: { site } }) => {
  const headers = { "User-Agent": "Licenses/1.6.4 (windows) QV" };
  const refused = await call(site, "POST", "/v1/activations", { cause: "Initial" }, headers);
  expectRefusal(refused, 403, "PRODUCT_NOT_LICENSED");
  expectRefusal(
    await report(site, { ...GUIDE_REPORT, userAgent: headers["User-Agent"] }),
    403,
    "PRODUCT_NOT_LICENSED",
  );
});

test("a key contains only its own id and the license number, and verifies with the published key", async ({
  license,
  door,
}) => {
  const { header, payload } = partsOf(license.key);
  expect(payload).toEqual({ jti: license.jti, license: license.number });
  const { keys } = await (await fetch(`${door}/.well-known/jwks.json`)).json();
  expect(keys.map(({ kid, alg, kty }: Record<string, string>) => ({ kid, alg, kty }))).toContainEqual({
    kid: (header as { kid: string }).kid,
    alg: "RS512",
    kty: "RSA",
  });
  expect(JSON.stringify(keys)).not.toMatch(/"(d|p|q)":/);
});

function partsOf(key: string): Parts {
  const [header = "", payload = ""] = key.split(".");
  return { header: decoded(header), payload: decoded(payload) };
}

function decoded(part: string): object {
  return JSON.parse(Buffer.from(part, "base64url").toString());
}

function asObject(payload: object | string): object {
  return typeof payload === "string" ? {} : payload;
}

/** Header and payload of a changed key, encoded but not signed. */
function encoded(key: string, change: Partial<Parts>): string {
  const { header, payload } = partsOf(key);
  const parts = [{ ...header, ...change.header }, change.payload ?? payload];
  return parts
    .map((part) => Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url"))
    .join(".");
}

/** A changed key, signed by a foreign signing key. */
function forged(key: string, change: Partial<Parts>, by: KeyObject = foreign): string {
  const text = encoded(key, change);
  return `${text}.${sign("sha512", Buffer.from(text), by).toString("base64url")}`;
}

/** A changed key with the original signature. */
function resigned(key: string, change: (parts: Parts) => Partial<Parts>): string {
  return `${encoded(key, change(partsOf(key)))}.${key.split(".")[2]}`;
}

function unsigned(key: string, alg: string): string {
  return `${encoded(key, { header: { alg } })}.`;
}

function flipped(key: string, at: number): string {
  return key.slice(0, at) + (key[at] === "A" ? "B" : "A") + key.slice(at + 1);
}
