import { beforeAll, expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import type { License } from "@/server/licenses/license";
import { putDefinition } from "@/server/licenses/license-definitions";
import { makeLicense, minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { type PublishedClient, published } from "./test-published";

vi.stubEnv("LOG_LEVEL", "silent");
vi.stubEnv("QRS_FACADE", "on");
useStore();

const KEY = "0123456789abcDEF";
const NEVER = "1753-01-01T00:00:00.000Z";
let license: License;
let client: PublishedClient;

beforeAll(async () => {
  license = await makeLicense({
    product: "QSEfW",
    allotments: [seats("Professional", 2), seats("analyzer", 3), minutes("analyzer_time", 300)],
  });
  client = await published({ role: "owner", license: license.number });
  const item = (subject: string, type: string) => ({ subject, type });
  const add = [item("acme\\bob", "professional"), item("eve", "professional"), item("max", "analyzer")];
  for (const one of add) await client("POST", "/api/v1/licenses/assignments/actions/add", { add: [one] });
});

const call = (method: string, path: string, header = KEY, query = `xrfkey=${KEY}`) =>
  client(method, `/qrs/license${path}?${query}`, undefined, { "X-Qlik-Xrfkey": header });

test("the license is shown without its key", async () => {
  expect((await call("GET", "")).body).toMatchObject({
    serial: license.number,
    key: "",
    lef: "",
    name: license.customer.name,
    product: 50,
    isExpired: false,
    isBlacklisted: false,
    isSubscription: false,
  });
});

test("the overview counts seats and minutes", async () => {
  const allotments = [seats("Professional", 1), seats("analyzer", 3), minutes("analyzer_time", 300)];
  await putDefinition(license.number, { ...license.definition, allotments }, null, false, SYSTEM, NOW);
  const { body } = await call("GET", "/AccessTypeOverview");
  const counted = { enabled: true, quarantined: 0 };
  expect(body).toMatchObject({
    professionalAccess: { ...counted, total: 1, allocated: 2, used: 2, excess: 1, available: 0 },
    analyzerAccess: { ...counted, total: 3, allocated: 1, used: 1, excess: 0, available: 2 },
    analyzerTimeAccess: { enabled: true, allocatedMinutes: 300, usedMinutes: 0, unavailableMinutes: 0 },
    userAccess: { enabled: false },
  });
  const info = (await call("GET", "/accesstypeinfo")).body;
  expect([info.professionalAccessType.usedTokens, info.loginAccessType.usedTokens]).toEqual([2, 0]);
});

test("seats are listed, counted, read and released, in any case of the path", async () => {
  const { body: listed } = await call("GET", "/ProfessionalAccessType");
  expect(listed).toHaveLength(2);
  expect(listed[0]).toMatchObject({
    id: expect.stringMatching(/^00000000-0000-0000-[0-9a-f]{4}-[0-9a-f]{12}$/),
    schemaPath: "License.ProfessionalAccessType",
    user: { userDirectory: "acme", userId: "bob", name: "acme\\bob" },
    lastUsed: NEVER,
    quarantined: false,
    quarantineEnd: NEVER,
  });
  expect(listed[1].user).toMatchObject({ userDirectory: "", userId: "eve" });
  const { id } = listed[1];
  expect((await call("GET", `/professionalaccesstype/${id.toUpperCase()}`)).body).toEqual(listed[1]);
  expect((await call("GET", `/analyzeraccesstype/${id}`)).status).toBe(404);
  expect((await call("DELETE", `/analyzeraccesstype/${id}`)).status).toBe(404);
  expect((await call("DELETE", `/PROFESSIONALACCESSTYPE/${id}`)).status).toBe(204);
  expect((await call("DELETE", `/professionalaccesstype/${id}`)).status).toBe(404);
  expect((await call("GET", "/professionalaccesstype/count")).body).toEqual({ value: 1 });
  expect((await call("DELETE", "/professionalaccesstype/00000000-0000-0000-ffff-ffffffffffff")).status).toBe(
    404,
  );
  expect((await call("DELETE", "/professionalaccesstype/anything")).status).toBe(404);
});

test("a call without a matching xrfkey is refused", async () => {
  for (const [header, query] of [
    ["", `xrfkey=${KEY}`],
    [KEY, ""],
    ["0123456789abcdef", `xrfkey=${KEY}`],
    ["short", "xrfkey=short"],
    ["0123456789abcde!", "xrfkey=0123456789abcde!"],
  ] as const) {
    const refused = await call("GET", "", header, query);
    expect([refused.status, refused.body.code]).toEqual([400, "INVALID_XRFKEY"]);
  }
  expect((await call("GET", "", KEY, `XrfKey=${KEY}`)).status).toBe(200);
});

test("a filter is refused, so that no script releases more than it meant", async () => {
  const refused = await call("GET", "/analyzeraccesstype", KEY, `xrfkey=${KEY}&Filter=lastUsed lt '2020'`);
  expect([refused.status, refused.body.code]).toEqual([422, "INVALID_QUERY"]);
});

test("there is nothing else", async () => {
  expect((await call("PUT", "")).headers.get("allow")).toBe("GET, HEAD");
  expect((await call("POST", "/analyzeraccesstype")).status).toBe(405);
  expect((await call("GET", "/useraccesstype")).status).toBe(404);
  expect((await call("GET", "/analyzeraccesstype/full")).status).toBe(404);
});

test("roles count as everywhere", async () => {
  client = await published({ role: "issuer", license: license.number });
  expect((await call("GET", "/accesstypeoverview")).status).toBe(200);
  expect((await call("GET", "/analyzeraccesstype")).status).toBe(403);
  client = await published({ role: "auditor", license: license.number });
  const { body } = await call("GET", "/analyzeraccesstype");
  expect((await call("DELETE", `/analyzeraccesstype/${body[0].id}`)).status).toBe(403);
});
