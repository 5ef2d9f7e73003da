import { expect, test } from "./fixtures";

const WRONG: [string, string, string][] = [
  ["DELETE", "/v1/activations", "POST"],
  ["GET", "/v1/activations", "POST"],
  ["POST", "/v1/definition", "GET, HEAD"],
  ["PUT", "/v1/consumption", "GET, HEAD, POST"],
  ["OPTIONS", "/v1/assignments/sync", "POST"],
  ["POST", "/.well-known/jwks.json", "GET, HEAD"],
  ["DELETE", "/health", "GET, HEAD"],
  ["PUT", "/ready", "GET, HEAD"],
];

const MANAGED: [string, string, string][] = [
  ["PUT", "/api/v1/admin/licenses", "GET, HEAD, POST"],
  ["POST", "/api/v1/admin/licenses/1234123412341234", "GET, HEAD, PATCH"],
  ["GET", "/api/v1/admin/licenses/1234123412341234/definition", "PUT"],
  ["OPTIONS", "/api/v1/admin/audit", "GET, HEAD"],
  ["DELETE", "/api/openapi.json", "GET, HEAD"],
  ["POST", "/metrics", "GET, HEAD"],
];

test("a wrong method on a known path is a 405 that lists the allowed ones, on both ports", async ({
  api,
  door,
  baseURL,
}) => {
  const asked = [
    ...WRONG.flatMap(([method, path, allow]) => [
      [method, door + path, allow],
      [method, `${baseURL}${path}`, allow],
    ]),
    ...MANAGED.map(([method, path, allow]) => [method, `${baseURL}${path}`, allow]),
  ];
  for (const [method, url = "", allow] of asked) {
    const response = await api.fetch(url, { method });
    expect([response.status(), response.headers().allow], `${method} ${url}`).toEqual([405, allow]);
    expect(await response.json()).toMatchObject({
      code: "METHOD_NOT_ALLOWED",
      type: "/errors/method-not-allowed",
    });
  }
});

test("HEAD gets the response of GET without a body", async ({ api, door, baseURL }) => {
  const paths = ["/health", "/ready", "/.well-known/jwks.json"];
  for (const url of [
    ...paths.map((path) => door + path),
    ...[...paths, "/api/openapi.json"].map((path) => `${baseURL}${path}`),
  ]) {
    const response = await api.head(url);
    expect([response.status(), (await response.body()).length], url).toEqual([200, 0]);
  }
});

test("a URL that can't be decoded gets a problem body on both ports", async ({ api, door, baseURL }) => {
  for (const base of [door, String(baseURL)])
    for (const path of ["/v1/%00", "/licenses/%E4", "/v1/%ZZ", "/v1/definition?source=%00"]) {
      const response = await api.get(base + path);
      expect([response.status(), response.headers()["content-type"]]).toEqual([
        400,
        "application/problem+json",
      ]);
      expect((await response.json()).code).toBe("INVALID_ADDRESS");
    }
});

test("every response says how a browser may use it, on both ports, and no other site may read it", async ({
  admin: page,
  door,
  baseURL,
}) => {
  const script = /\/_next\/static\/[^"]+\.js/.exec(await (await page.request.get("/licenses")).text())?.[0];
  const paths = [
    "/licenses",
    "/licenses/export",
    "/nowhere",
    "/icon.svg",
    String(script),
    "/api/openapi.json",
  ];
  const refused = ["/api/v1/admin/licenses", "/scim/v2/Users", "/metrics", "/v1/definition", "/%00"];
  for (const url of [
    ...[...paths, ...refused].map((path) => baseURL + path),
    `${door}/v1/definition`,
    `${door}/%00`,
  ]) {
    const headers = (await page.request.get(url, { headers: { Origin: "https://evil.example" } })).headers();
    expect(headers["x-content-type-options"], url).toBe("nosniff");
    const policies = String(headers["content-security-policy"]).match(/frame-ancestors 'none'/g);
    expect(policies, url).toHaveLength(1);
    expect(headers["access-control-allow-origin"], url).toBeUndefined();
  }
});

test("no browser and no proxy keeps what needs a sign-in or a token", async ({
  admin: page,
  api,
  license,
}) => {
  const of = `/licenses/${license.number}`;
  for (const path of ["/licenses", of, `${of}/assignments/export`, "/attention"])
    expect((await page.request.get(path)).headers()["cache-control"], path).toContain("no-store");
  for (const path of ["", of, `${of}/keys`])
    expect((await api.get(`/api/v1/admin${path}`)).headers()["cache-control"], path).toBe("no-store");
});

test("the type of an error is the URL of a public page that explains it", async ({ request, page }) => {
  const refused = await request.get("/api/v1/admin/customers");
  const { type, title, code } = await refused.json();
  await page.goto(type);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.getByText(code)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Next step" })).toBeVisible();
  expect((await request.get("/errors/nothing-like-this")).status()).toBe(404);
});
