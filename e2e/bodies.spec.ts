import { request } from "node:http";
import { expect, test } from "./fixtures";
import { GUIDE_REPORT } from "./guide";
import { expectRefusal } from "./problem";
import { call, consumptionOf, type Deployment, report } from "./product";

const POSTS = ["/v1/activations", "/v1/consumption", "/v1/assignments/sync"];
const MIB = 1024 * 1024;

const post = (deployment: Deployment, path: string, body: unknown) =>
  call<object>(deployment, "POST", path, body);

for (const path of POSTS) {
  test(`POST ${path} refuses a body that isn't a JSON object`, async ({ license: { site } }) => {
    for (const body of [
      "",
      "{",
      "nonsense",
      "{'source':'a'}",
      '{"a":1}}',
      "NaN",
      "null",
      "7",
      '"text"',
      "[]",
      "[{}]",
    ])
      expectRefusal(await post(site, path, body), 422, "INVALID_BODY");
  });

  test(`POST ${path} refuses a body over 5 MiB`, async ({ license: { site } }) => {
    const padded = (size: number) => JSON.stringify({ padding: "x".repeat(size) });
    expectRefusal(await post(site, path, padded(5 * MIB)), 413, "BODY_TOO_LARGE");
    expect((await post(site, path, padded(5 * MIB - 100))).status).not.toBe(413);
    expect(await chunkedStatus(site, path, 6 * MIB)).toBe(413);
    expect(await chunkedStatus(site, path, MIB)).toBe(422);
  });

  test(`POST ${path} survives deeply nested bodies and bodies that aren't UTF-8`, async ({
    license: { site },
  }) => {
    const deep = `{"source":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expectRefusal(await post(site, path, deep), 422, "INVALID_BODY");
    expectRefusal(await post(site, path, `{"source":"\\ud800"}`), 422, "INVALID_BODY");
  });
}

const WRONG_SHAPES: [string, object, string][] = [
  ["/v1/activations", {}, "/cause"],
  ["/v1/activations", { cause: "initial" }, "/cause"],
  ["/v1/activations", { cause: ["Initial"] }, "/cause"],
  ["/v1/activations", { cause: "Initial", source: 7 }, "/source"],
  ["/v1/consumption", { source: "a" }, "/consumption"],
  ["/v1/consumption", { source: "a", consumption: {} }, "/consumption"],
  ["/v1/consumption", { source: "a", consumption: "all" }, "/consumption"],
  ["/v1/consumption", { source: "a", consumption: [{}, null] }, "/consumption/1"],
  ["/v1/consumption", { source: "a", consumption: [[]] }, "/consumption/0"],
  ["/v1/consumption", { source: "a", consumption: [7] }, "/consumption/0"],
  ["/v1/consumption", { source: "a", consumption: Array(1001).fill({}) }, "/consumption"],
  ["/v1/consumption", { consumption: [] }, "/source"],
  ["/v1/assignments/sync", { source: "a", bases: {}, patches: [] }, "/bases"],
  ["/v1/assignments/sync", { source: "a", bases: [7], patches: [] }, "/bases/0"],
  ["/v1/assignments/sync", { source: "a", bases: [], patches: "none" }, "/patches"],
  ["/v1/assignments/sync", { source: "a", bases: [], patches: [{}, "x"] }, "/patches/1"],
  ["/v1/assignments/sync", { bases: [], patches: [] }, "/source"],
];

for (const [path, body, pointer] of WRONG_SHAPES)
  test(`${path} with ${JSON.stringify(body).slice(0, 60)} is refused at ${pointer}`, async ({
    license: { site },
  }) => {
    const refused = await post(site, path, body);
    expectRefusal(refused, 422, "INVALID_BODY");
    expect(refused.body.errors?.map((error) => error.pointer)).toContain(pointer);
  });

test("the product API ignores unknown fields at every depth", async ({ license: { site } }) => {
  const extra = { from: "tomorrow", __proto__: { admin: true } };
  const consumption = GUIDE_REPORT.consumption.map((element) => ({ ...element, extra }));
  const { status, body } = await report(site, { ...GUIDE_REPORT, ...extra, consumption });
  expect([status, body.consumption[0]?.total]).toEqual([200, 242]);
});

test("the management API refuses unknown fields", async ({ api, license }) => {
  const data = { customer: license.customer, product: "QSEfW", allotments: [], colour: "green" };
  const refused = await api.post("/api/v1/admin/licenses", { data });
  expect(refused.status()).toBe(422);
  expect(await refused.json()).toMatchObject({ code: "INVALID_BODY", status: 422 });
});

test("a refused report counts nothing", async ({ license: { site } }) => {
  await report(site, GUIDE_REPORT);
  for (const [path, body] of WRONG_SHAPES) await post(site, path, { ...body });
  const { consumption } = GUIDE_REPORT;
  await post(site, "/v1/consumption", { source: "a", consumption: [...consumption, null] });
  await post(site, "/v1/consumption", { source: "\0", consumption });
  await post(site, "/v1/consumption", `${JSON.stringify({ source: "a", consumption })}x`);
  expect((await consumptionOf(site, "2018-11")).body.consumption[0]?.total).toBe(242);
});

test("a response for an unknown path is a problem body", async ({ license: { site }, baseURL }) => {
  for (const path of ["/v1/nothing", "/v1", "/", "/api/v1/admin/licenses", "/sign-in"])
    expectRefusal(await call<object>(site, "GET", path), 404, "NOT_FOUND");
  expectRefusal(await call<object>({ ...site, door: baseURL ?? "" }, "GET", "/v1/nothing"), 404, "NOT_FOUND");
});

test("a client that disconnects in the middle of its body disturbs nobody", async ({ license: { site } }) => {
  await Promise.all(Array.from({ length: 10 }, () => disconnectMidBody(site)));
  expect((await report(site, GUIDE_REPORT)).body.consumption[0]?.total).toBe(242);
});

/** Sends a body without a length, so that only reading it shows that it is too large. */
function chunkedStatus({ door, key }: Deployment, path: string, size: number): Promise<number | undefined> {
  return new Promise((done, fail) => {
    const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
    const sent = request(`${door}${path}`, { method: "POST", headers }, (response) => {
      response.resume();
      done(response.statusCode);
    });
    sent.on("error", fail);
    sent.write('{"padding":"');
    for (let written = 0; written < size; written += MIB) sent.write("x".repeat(MIB));
    sent.end('"}');
  });
}

function disconnectMidBody({ door, key }: Deployment): Promise<void> {
  return new Promise((done) => {
    const headers = { Authorization: `Bearer ${key}`, "Content-Length": 1000 };
    const sent = request(`${door}/v1/consumption`, { method: "POST", headers });
    sent.on("error", () => {}).on("close", done);
    sent.write('{"source":"a","consumption":[', () => sent.destroy());
  });
}
