import { createClient, listAll, SignetError, unwrap } from "signet/client";
import { expect, test } from "./fixtures";

test("a program manages a license with the typed client", async ({ client }) => {
  const license = await unwrap(
    client.POST("/api/v1/admin/licenses", {
      body: {
        customer: "Typed client",
        product: "QSEfW",
        allotments: [{ name: "professional", usage: { class: "assigned" }, units: [{ count: 10 }] }],
      },
    }),
  );
  const path = { number: license.number };
  const assignments = ["bob", "eve", "gwen"].map((name) => ({
    subject: `acme\\${name}`,
    allotment: "professional",
  }));
  const { items } = await unwrap(
    client.POST("/api/v1/admin/licenses/{number}/assignments/actions/assign", {
      params: { path },
      body: { assignments },
    }),
  );
  expect(items.map(({ status }) => status)).toEqual([201, 201, 201]);
  const subjects: string[] = [];
  const seats = listAll(client, "/api/v1/admin/licenses/{number}/assignments", {
    path,
    query: { limit: 2, sort: "subject" },
  });
  for await (const { subject } of seats) subjects.push(subject);
  expect(subjects).toEqual(["acme\\bob", "acme\\eve", "acme\\gwen"]);
});

test("a refusal has its code, its status and the id of the request", async ({ client, license }) => {
  const params = { path: { number: license.number }, header: { "if-match": '"0"' } };
  const body = { product: "QSEfW", allotments: [] };
  const refused = await unwrap(
    client.PUT("/api/v1/admin/licenses/{number}/definition", { params, body }),
  ).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(SignetError);
  expect(refused).toMatchObject({
    code: "VERSION_MISMATCH",
    status: 412,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test("the product protocol is typed too, with a license key", async ({ door, license }) => {
  const product = createClient({
    baseUrl: door,
    token: license.key,
    headers: { "User-Agent": "Licenses/1.6.4 (windows) QSEfW" },
  });
  const { definition, status } = await unwrap(
    product.POST("/v1/activations", { body: { cause: "Initial", source: "typed" } }),
  );
  expect([definition.product, status]).toEqual(["QSEfW", "active"]);
});

test("the pages about the API show every operation, and nothing that doesn't exist", async ({ request }) => {
  const { paths } = await (await request.get("/api/openapi.json")).json();
  const methods = Object.values(paths).flatMap((path) => Object.values(path as object));
  const index = await (await request.get("/api/docs")).text();
  const absent = methods.filter(({ operationId }) => !index.includes(`href="/api/docs/${operationId}"`));
  expect(absent).toEqual([]);
  const page = await request.get("/api/docs/putDefinition");
  expect(page.headers()["content-security-policy"]).toContain("script-src 'nonce-");
  expect(await page.text()).toMatch(/if-match[\s\S]+href="\/errors\/if-match-required"/);
  expect((await request.get("/api/docs/nothing")).status()).toBe(404);
});
