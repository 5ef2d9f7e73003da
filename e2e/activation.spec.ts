import { compactVerify, createLocalJWKSet } from "jose";
import { expect, test } from "./fixtures";
import { GUIDE_ALLOTMENTS, timeAllotment } from "./guide";
import { expectRefusal } from "./problem";
import { activate, call, type Definition, type Deployment } from "./product";

const DAY = 86_400_000;

const day = (offset: number) => new Date(Date.now() + offset * DAY).toISOString().slice(0, 10);

function definitionOf(deployment: Deployment, headers: Record<string, string> = {}) {
  return call<Definition>(deployment, "GET", "/v1/definition?source=site", undefined, headers);
}

for (const agent of [
  "",
  "curl/8.0",
  "Licenses/1.6 (windows) QSEfW",
  "Licenses/1.6.4 QSEfW",
  "\u00fcber",
  "a".repeat(201),
])
  test(`an activation with the user agent ${agent.slice(0, 30) || '""'} is refused`, async ({
    license: { site },
  }) => {
    const body = { cause: "Initial", userAgent: agent };
    expectRefusal(await activate(site, body), 422, "INVALID_USER_AGENT");
  });

test("a user agent with NUL or a lone surrogate is refused", async ({ license: { site } }) => {
  for (const agent of ["Licenses/1.6.4 (win\0dows) QSEfW", "Licenses/1.6.4 (\ud800) QSEfW"])
    expectRefusal(await activate(site, { cause: "Initial", userAgent: agent }), 422, "INVALID_USER_AGENT");
});

test("the user agent in the body wins over the header", async ({ license: { site } }) => {
  const body = { cause: "Initial", userAgent: "Licenses/1.6.4 (linux) QV" };
  expectRefusal(await activate(site, body), 403, "PRODUCT_NOT_LICENSED");
});

for (const [valid, status] of [
  ["", "active"],
  [`2020-01-01/${day(400)}`, "active"],
  [`2020-01-01/${day(3)}`, "expiring"],
  [`2020-01-01/${day(-3)}`, "grace"],
  [`2020-01-01/${day(-40)}`, "expired"],
  [`${day(3)}/${day(40)}`, "not-yet-valid"],
])
  test(`an activation succeeds for a license that is ${valid ? status : "valid without dates"}`, async ({
    issue,
  }) => {
    const { site } = await issue({ valid });
    const { status: http, body } = await activate(site);
    expect([http, body.status]).toEqual([200, status]);
  });

test("allotments that name products are sent to those products only", async ({ issue }) => {
  const [allotment, seats] = GUIDE_ALLOTMENTS;
  const { site } = await issue({
    products: ["QSEfW", "QV"],
    allotments: [{ ...allotment, products: ["QV"] }, seats as object],
  });
  const namesFor = async (product: string) => {
    const { body } = await activate(site, {
      cause: "Initial",
      userAgent: `Licenses/1.6.4 (windows) ${product}`,
    });
    return body.definition.allotments.map((allotment) => (allotment as { name: string }).name);
  };
  expect(await namesFor("QSEfW")).toEqual(["professional"]);
  expect(await namesFor("QV")).toEqual(["analyzer_time", "professional"]);
});

test("an unchanged definition is a 304, and both responses renew the lease", async ({ license, api }) => {
  const { site, number, version } = license;
  const first = await definitionOf(site);
  expect([first.status, first.body.version]).toEqual([200, version]);
  const etag = first.headers.get("etag") ?? "";
  const same = await definitionOf(site, { "If-None-Match": etag });
  expect(same.status).toBe(304);
  for (const { headers } of [first, same]) {
    const until = Date.parse(headers.get("signet-valid-until") ?? "");
    expect(Math.abs(until - Date.now() - 14 * DAY)).toBeLessThan(60_000);
  }

  const path = `/api/v1/admin/licenses/${number}`;
  const data = {
    product: "QSEfW",
    valid: "",
    trial: false,
    allotments: [timeAllotment({ overage: 5 })],
    parameters: [],
  };
  const put = (tag: string) => api.put(`${path}/definition`, { data, headers: { "If-Match": `"${tag}"` } });
  expect((await put("0000-0000-0000-0000-0000")).status()).toBe(412);
  expect((await api.put(`${path}/definition`, { data })).status()).toBe(428);
  const changed = await put(version);
  expect(changed.status(), await changed.text()).toBe(200);
  const renewed = await definitionOf(site, { "If-None-Match": etag });
  expect([renewed.status, renewed.body.definition.allotments]).toEqual([200, data.allotments]);
  expect(renewed.body.version).toBe((await changed.json()).version);
});

test("a lease never outlasts the validity and its grace days", async ({ issue }) => {
  const { site } = await issue({ valid: `2020-01-01/${day(-7)}` });
  const { headers, body } = await definitionOf(site);
  const end = Date.parse(`${day(-6)}T00:00:00Z`) + 14 * DAY;
  expect(Date.parse(headers.get("signet-valid-until") ?? "")).toBeLessThanOrEqual(end);
  expect(Date.parse(body.latestValidTime)).toBeLessThanOrEqual(end);
});

test("a signed definition is for one product, has an end, and verifies with the published key", async ({
  license,
  door,
}) => {
  const { site, number, version } = license;
  const { status, body } = await call<{ license: string; sld: string }>(
    site,
    "GET",
    "/v1/definitions/portable/info",
  );
  expect([status, body.license]).toEqual([200, number]);
  const { signedDef } = decoded(body.sld) as { signedDef: { definition: string; jws: string } };
  const jwks = await (await fetch(`${door}/.well-known/jwks.json`)).json();
  const { payload, protectedHeader } = await compactVerify(signedDef.jws, createLocalJWKSet(jwks));
  expect(protectedHeader).toMatchObject({
    alg: "RS512",
    typ: "license-offline+jwt",
    kid: expect.any(String),
  });
  expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({
    jti: expect.any(String),
    license: number,
    version,
    definition: { product: "QSEfW", allotments: GUIDE_ALLOTMENTS },
    aud: "QSEfW",
    iat: expect.any(Number),
    exp: expect.any(Number),
  });
  expect(decoded(signedDef.definition)).toMatchObject({ allotments: GUIDE_ALLOTMENTS });
});

function decoded(base64: string): unknown {
  return JSON.parse(Buffer.from(base64, "base64").toString());
}
