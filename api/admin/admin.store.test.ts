import { beforeAll, expect, test, vi } from "vitest";
import { activate } from "@/server/deployments/activations";
import { keyOf } from "@/server/testing/test-callers";
import { makeLicense, minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { type Client, clientAs, clientOf } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const ABSENT = "0f0e0d0c-0b0a-4908-8706-050403020100";
let owner: Client;
beforeAll(async () => {
  owner = await clientAs({ role: "owner" });
});

test("customers are created, listed, read and renamed", async () => {
  const made = await owner("POST", "/customers", { name: "  Acme AG " });
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    id: expect.any(String),
    name: "Acme AG",
    licenses: 0,
    created: NOW.toISOString(),
  });
  const address = made.headers.get("Location") ?? "";
  expect(address).toBe(`/api/v1/admin/customers/${made.body.id}`);
  expect((await owner("GET", address)).body).toEqual(made.body);
  expect((await owner("POST", "/customers", { name: "ACME ag" })).body.code).toBe("NAME_TAKEN");
  const tagOf = async () => String((await owner("GET", address)).headers.get("ETag"));
  const seen = { "If-Match": await tagOf() };
  expect(made.headers.get("ETag")).toBe(seen["If-Match"]);
  expect((await owner("PATCH", address, { name: "Acme SE" }, seen)).body.name).toBe("Acme SE");
  const late = await owner("PATCH", address, { name: "Acme Ltd" }, seen);
  expect([late.status, late.body.code, late.headers.get("ETag")]).toEqual([
    412,
    "VERSION_MISMATCH",
    await tagOf(),
  ]);
  expect((await owner("GET", "/customers?query=acme")).body).toMatchObject({
    items: [{ name: "Acme SE" }],
    cursor: null,
  });
});

test("a license is created, found by its number with spaces, changed and defined", async () => {
  const wanted = {
    customer: "Beta",
    product: "QSEfE",
    number: "9999 0000 0000 1253",
    allotments: [{ name: "analyzer", usage: { class: "assigned" }, units: [{ count: 2 }] }],
  };
  const made = await owner("POST", "/licenses", wanted);
  expect([made.status, made.headers.get("Location")]).toEqual([
    201,
    "/api/v1/admin/licenses/9999000000001253",
  ]);
  expect(made.body.definition.allotments).toEqual([
    {
      name: "analyzer",
      usage: { class: "assigned", minimum: 1 },
      provisions: [],
      units: [{ count: 2, valid: "" }],
    },
  ]);
  expect((await owner("POST", "/licenses", wanted)).body.code).toBe("NUMBER_TAKEN");
  const path = "/licenses/9999%200000%200000%201253";
  const read = await owner("GET", path);
  expect(read.body).toEqual(made.body);
  const tag = read.headers.get("ETag") ?? "";
  expect(tag).toMatch(/^"[\w-]{27}"$/);
  expect(made.headers.get("ETag")).toBe(tag);
  const changed = await owner(
    "PATCH",
    path,
    { settings: { autoAssignAnalyzer: true }, status: "suspended" },
    { "If-Match": tag },
  );
  expect(changed.body).toMatchObject({ status: "suspended", settings: { autoAssignAnalyzer: true } });
  const definition = { ...made.body.definition, trial: true };
  const put = (headers: Record<string, string>, query = "") =>
    owner("PUT", `${path}/definition${query}`, definition, headers);
  expect((await put({})).status).toBe(428);
  const version = `"${made.body.version}"`;
  for (const other of ['W/"x"', `W/${version}`, made.body.version, tag, '"x", "y"'])
    expect((await put({ "If-Match": other })).status, other).toBe(412);
  const dry = await put({ "If-Match": version }, "?dryRun=true");
  expect(dry.body).toEqual({ version: expect.stringMatching(/^(\w{4}-){4}\w{4}$/), frees: 0, excess: [] });
  const before = (await owner("GET", path)).headers.get("ETag");
  const real = await put({ "If-Match": `"x", ${before}` }, "?dryRun=false");
  expect([real.status, real.headers.get("ETag")]).toEqual([200, `"${dry.body.version}"`]);
  expect((await put({ "If-Match": version })).headers.get("ETag")).toBe(`"${dry.body.version}"`);
  expect(
    (await owner("GET", "/licenses?query=9999%200000&sort=-ends&status=suspended")).body.items,
  ).toHaveLength(1);
});

test("the tag of a license changes with everything that the response shows, and guards its changes", async () => {
  const { number, definition, version, customer } = await makeLicense({ valid: "./2026-12-31" });
  const path = `/licenses/${number}`;
  const tagNow = async () => String((await owner("GET", path)).headers.get("ETag"));
  const seen = [await tagNow()];
  const changes: [string, string, object, Record<string, string>?][] = [
    ["PATCH", path, { settings: { graceDays: 3 } }],
    ["PATCH", path, { status: "suspended" }],
    ["PATCH", path, { products: ["QSEfE", "QV"] }],
    ["PATCH", path, { valid: "./2027-12-31" }],
    ["PUT", `${path}/definition`, { ...definition, trial: true }, { "If-Match": "*" }],
    ["PATCH", `/customers/${customer.id}`, { name: `${customer.name} SE` }],
  ];
  for (const [method, address, body, headers] of changes) {
    expect((await owner(method, address, body, headers)).status).toBe(200);
    const tag = await tagNow();
    expect(seen).not.toContain(tag);
    for (const old of [...seen, `"${version}"`, `W/${tag}`]) {
      const refused = await owner("PATCH", path, { settings: { leaseDays: 1 } }, { "If-Match": old });
      expect([refused.status, refused.body.code, refused.headers.get("ETag")]).toEqual([
        412,
        "VERSION_MISMATCH",
        tag,
      ]);
      expect(refused.body.detail).toContain(tag);
    }
    seen.push(tag);
  }
  const taken = await owner(
    "PATCH",
    path,
    { settings: { leaseDays: 1 } },
    { "If-Match": `"x", ${seen.at(-1)}` },
  );
  expect([taken.status, taken.headers.get("ETag")]).toEqual([200, await tagNow()]);
});

test("a key is issued, listed, revealed and revoked", async () => {
  const { number } = await makeLicense();
  const issued = await owner("POST", `/licenses/${number}/keys`, { label: "Warsaw" });
  expect(issued.status).toBe(201);
  expect(issued.headers.get("Cache-Control")).toBe("no-store");
  const { jti, kid, key } = issued.body;
  const revealed = await owner("POST", `/keys/${jti}/reveal`);
  expect(revealed.body).toEqual({ jti, kid, license: number, key });
  expect(revealed.headers.get("Cache-Control")).toBe("no-store");
  expect((await owner("POST", `/keys/${jti}/revoke`, { reason: "leaked" })).status).toBe(204);
  expect((await owner("POST", `/keys/${jti}/revoke`, {})).body.code).toBe("ALREADY_REVOKED");
  expect((await owner("GET", `/licenses/${number}/keys`)).body.items).toMatchObject([
    { jti, label: "Warsaw", revoked: NOW.toISOString(), revokedReason: "leaked", lastUsed: null },
  ]);
});

test("a definition is corrected, after a preview month by month", async () => {
  const { number, definition } = await makeLicense({ allotments: [minutes("analyzer_time", 100, 0)] });
  const put = (count: number, query: string) => {
    const allotments = [minutes("analyzer_time", count, 0)];
    return owner(
      "PUT",
      `/licenses/${number}/definition${query}`,
      { ...definition, allotments },
      { "If-Match": "*" },
    );
  };
  expect(await put(200, "?correction=true")).toMatchObject({
    status: 409,
    body: { code: "NOTHING_TO_CORRECT" },
  });
  expect((await put(20_000, "")).body.months).toBeUndefined();
  const grants = { before: { quota: 20_000, overage: 0 }, after: { quota: 200, overage: 0 } };
  const month = { allotment: "analyzer_time", ...grants, booked: 0, reserved: 0 };
  const dry = await put(200, "?correction=true&dryRun=true");
  expect(dry.body.months).toEqual([
    { ...month, month: "2026-08" },
    { ...month, month: "2026-09" },
  ]);
  const quota = async () =>
    (await owner("GET", `/licenses/${number}/usage?month=2026-08`)).body.allotments[0].quota;
  expect(await quota()).toBe(20_000);
  expect((await put(200, "?correction=true")).status).toBe(200);
  expect(await quota()).toBe(200);
});

test("seats are assigned, listed and released", async () => {
  const { number } = await makeLicense({ allotments: [seats("Analyzer", 2), minutes("time", 10)] });
  const path = `/licenses/${number}/assignments`;
  const give = (subject: string, allotment = "analyzer") => owner("POST", path, { subject, allotment });
  const bob = await give("ACME\\bob");
  expect([bob.status, bob.headers.get("Location")]).toEqual([
    201,
    `/api/v1/admin${path}/${bob.body.instance}`,
  ]);
  expect(bob.body).toMatchObject({ subject: "ACME\\bob", source: "admin", auto: false, lastUsed: null });
  await give("ACME\\eve");
  expect((await give("ACME\\max")).body).toMatchObject({ status: 403, code: "NO_AVAILABLE_UNITS" });
  expect((await give("")).body.code).toBe("INVALID_SUBJECT");
  expect((await give("x", "none")).body.code).toBe("UNKNOWN_ALLOTMENT");
  expect((await give("x", "time")).body.code).toBe("NOT_ASSIGNABLE");
  const found = await owner("GET", `${path}?query=BOB&sort=subject&state=active&allotment=ANALYZER`);
  expect(found.body).toEqual({
    items: [{ ...bob.body, allotment: "Analyzer", state: "active", usageReported: false }],
    cursor: null,
  });
  expect((await owner("DELETE", `${path}/${bob.body.instance}`)).status).toBe(204);
  expect((await owner("DELETE", `${path}/${bob.body.instance}`)).status).toBe(204);
  expect((await owner("DELETE", `${path}/1`)).status).toBe(404);
  // A refusal to a person is answered at once, and isn't listed as a rejection of a deployment.
  expect((await owner("GET", `/licenses/${number}/rejections`)).body.items).toEqual([]);
});

test("a deployment's name that somebody else changed in the meantime isn't overwritten", async () => {
  const { number } = await makeLicense({ product: "QSEfW" });
  await activate((await keyOf(number))({ source: "site 1/a" }), "Initial", NOW);
  const address = `/licenses/${number}/deployments/${encodeURIComponent("site 1/a")}`;
  const read = await owner("GET", address);
  expect(read.body).toEqual((await owner("GET", `/licenses/${number}/deployments`)).body.items[0]);
  const seen = { "If-Match": String(read.headers.get("ETag")) };
  const named = await owner("PATCH", address, { name: "Munich" }, seen);
  expect(named.body.name).toBe("Munich");
  const late = await owner("PATCH", address, { name: "Berlin" }, seen);
  expect([late.status, late.body.code, late.headers.get("ETag")]).toEqual([
    412,
    "VERSION_MISMATCH",
    named.headers.get("ETag"),
  ]);
  expect(late.body.detail).toContain("is named Munich by now");
  const now = { "If-Match": String(named.headers.get("ETag")) };
  expect((await owner("PATCH", address, { name: "" }, now)).body.name).toBeNull();
  expect((await owner("PATCH", address, { name: "Berlin" })).body.name).toBe("Berlin");
});

test("usage, deployments and signing keys can be read", async () => {
  const { number } = await makeLicense({ allotments: [minutes("analyzer_time", 100)] });
  const usage = await owner("GET", `/licenses/${number}/usage?month=2026-08`);
  expect(usage.body).toEqual({
    month: "2026-08",
    allotments: [
      {
        name: "analyzer_time",
        quota: 100,
        overage: 20,
        total: 0,
        reserved: 0,
        unleased: 0,
        capSoFar: 120,
        free: 120,
        remaining: 120,
        state: "within",
        denied: false,
        why: [
          {
            ...{ from: "2026-08-01T00:00:00.000Z", to: "2026-09-01T00:00:00.000Z", units: 100, overage: 20 },
            ...{ counts: true, reason: "LARGEST_CAP" },
          },
        ],
        forecast: null,
        bySource: [],
        byDay: [],
      },
    ],
  });
  expect((await owner("GET", `/licenses/${number}/usage?month=2026-13`)).status).toBe(422);
  expect((await owner("GET", `/licenses/${number}/deployments`)).body).toEqual({ items: [], cursor: null });
  expect((await owner("PATCH", `/licenses/${number}/deployments/a%2Fb`, { name: "x" })).status).toBe(404);
  const [active] = (await owner("GET", "/signing-keys")).body.items;
  expect(active).toMatchObject({ status: "active", retired: null });
  expect((await owner("POST", `/signing-keys/${active.kid}/withdraw?dryRun=true`)).body).toEqual({
    stops: active.liveKeys,
  });
  expect((await owner("POST", `/signing-keys/${active.kid}/withdraw`)).body.code).toBe("SIGNING_KEY_ACTIVE");
  const rotated = await owner("POST", "/signing-keys");
  expect([rotated.status, rotated.body.kid === active.kid]).toEqual([201, false]);
  expect((await owner("POST", `/signing-keys/${active.kid}/retire`)).status).toBe(204);
  expect((await owner("POST", `/signing-keys/${ABSENT}/retire`)).status).toBe(404);
});

test("a license number may have spaces and hyphens in paths, bodies and queries", async () => {
  const number = `4711${String(Date.now()).slice(-12)}`;
  const hyphens = number.replace(/(....)(?=.)/g, "$1-");
  const allotments = [
    { name: "analyzer", usage: { class: "assigned", minimum: 1 }, provisions: [], units: [] },
  ];
  const made = await owner("POST", "/licenses", {
    customer: "Hyphens",
    product: "Q",
    number: hyphens,
    allotments,
  });
  expect([made.status, made.body.number]).toEqual([201, number]);
  expect((await owner("GET", `/licenses/${hyphens}`)).body.number).toBe(number);
  expect((await owner("GET", `/licenses?query=${hyphens.slice(6)}`)).body.items).toMatchObject([{ number }]);
  for (const asked of [`chain=${hyphens}`, `object=${encodeURIComponent(hyphens.replaceAll("-", " "))}`])
    expect((await owner("GET", `/audit?${asked}`)).body.items[0]).toMatchObject({ chain: number });
  expect((await owner("GET", `/audit/verify?chain=${hyphens}`)).body.chain).toBe(number);
});

test("a token is created, used, listed and revoked, and each step is in the audit", async () => {
  const made = await owner("POST", "/tokens", {
    name: "CI",
    role: "auditor",
    expires: "2027-01-01T00:00:00+01:00",
  });
  expect([made.status, made.headers.get("Cache-Control"), made.body.expires]).toEqual([
    201,
    "no-store",
    "2026-12-31T23:00:00.000Z",
  ]);
  const auditor = clientOf(made.body.token);
  const events = await auditor("GET", `/audit?chain=installation&action=token&object=${made.body.id}`);
  expect(events.body.items).toMatchObject([
    { action: "token.created", actorKind: "token", requestId: expect.any(String) },
  ]);
  expect((await owner("DELETE", `/tokens/${made.body.id}`)).status).toBe(204);
  expect((await auditor("GET", "/audit")).status).toBe(401);
});

test.each([
  ["POST", "/customers", { name: "" }, "/name"],
  ["POST", "/customers", { name: "a\nb" }, "/name"],
  ["POST", "/customers", { name: "x", other: 1 }, ""],
  ["POST", "/customers", [], ""],
  [
    "POST",
    "/licenses",
    { customer: "x", product: "y", allotments: [{ name: "a", usage: { class: "seat" }, units: [] }] },
    "/allotments/0/usage/class",
  ],
  ["POST", "/licenses", { customer: "x", product: "y", number: "12", allotments: [] }, "/number"],
  [
    "POST",
    "/licenses",
    { customer: "x", product: "y", allotments: [], parameters: [{ name: "p", values: { a: "\u0000" } }] },
    "/parameters/0/values",
  ],
  ["POST", "/tokens", { name: "x", role: "king" }, "/role"],
  ["GET", "/customers?limit=0", undefined, "/limit"],
  ["GET", "/licenses?sort=size", undefined, "/sort"],
  ["GET", "/licenses?dryrun=1", undefined, ""],
  ["GET", "/audit?from=yesterday", undefined, "/from"],
])("%s %s with %j is refused at %j", async (method, path, body, pointer) => {
  const { status, body: problem } = await owner(method, path, body);
  expect([status, problem.errors[0].pointer]).toEqual([422, pointer]);
});

test.each([
  "/customers/x",
  `/customers/${ABSENT}`,
  "/licenses/12",
  "/licenses/9999999999999999",
  "/licenses/9999999999999999/usage",
  "/nothing",
])("%s is not found", async (path) => {
  expect(await owner("GET", path)).toMatchObject({ status: 404, body: { code: "NOT_FOUND" } });
});

test("the credential is checked before anything else", async () => {
  for (const client of [clientOf(null), clientOf("sgn_wrong")]) {
    const { status, body, headers } = await client("POST", "/customers", { wrong: true });
    expect([status, body.code, headers.get("WWW-Authenticate")]).toEqual([401, "INVALID_TOKEN", "Bearer"]);
    expect((await client("GET", "/nothing")).status).toBe(401);
    expect((await client("POST", "/licenses", {}, { "Content-Length": "99999999" })).status).toBe(401);
  }
  const auditor = await clientAs({ role: "auditor" });
  expect((await auditor("POST", "/customers", { wrong: true })).status).toBe(403);
  expect((await owner("POST", "/customers", {}, { "Content-Length": "99999999" })).status).toBe(413);
});
