import { expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { changeLicense } from "@/server/licenses/license-changes";
import { putDefinition } from "@/server/licenses/license-definitions";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { agent, type Call, licensedDeployment } from "./test-deployment";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const MONTH = NOW.toISOString().slice(0, 7);
const QV = agent("QV");
const QSEFW = agent("QSEfW");
const UNKNOWN = { "User-Agent": "curl/8.5.0" };

/** Seats and minutes for all products, and some for QV alone. */
const parted = () =>
  licensedDeployment({
    allotments: [
      seats("analyzer", 5),
      { ...seats("viewer", 5), products: ["QV"] },
      minutes("analyzer_time", 100),
      { ...minutes("viewer_time", 100), products: ["QV"] },
    ],
  });

type Site = Awaited<ReturnType<typeof parted>>;
type Headers = Record<string, string>;

const report = async (call: Call, source: string, headers: Headers = {}) => {
  const consumption = ["analyzer_time", "viewer_time"].map((allotment) => {
    return { id: allotment, allotment, month: MONTH, consumption: 1 };
  });
  const { status, body } = await call("POST", "/v1/consumption", { source, consumption }, headers);
  expect(status).toBe(200);
  return body.consumption.map(
    (response: { total?: number; error?: { code: string } }) => response.error?.code ?? response.total,
  );
};

const namesIn = async (call: Call, source: string | null, headers: Headers = {}) => {
  const query = source === null ? "" : `&source=${source}`;
  const { body } = await call("GET", `/v1/consumption?month=${MONTH}${query}`, undefined, headers);
  return body.consumption.map(({ allotment }: { allotment: string }) => allotment);
};

const sync = async (
  { call, number }: Site,
  source: string,
  patches: object[] = [],
  headers: Headers = {},
) => {
  const bases = [{ license: number, version: 0 }];
  const { status, body } = await call("POST", "/v1/assignments/sync", { source, bases, patches }, headers);
  expect(status).toBe(200);
  return body.patches;
};

const add = ({ number: license }: Site, allotment: string) => ({
  instance: "",
  version: 0,
  license,
  allotment,
  subject: "acme\\bob",
  created: NOW.toISOString(),
});

test("minutes for one product are unknown to others, and to callers that name no product", async () => {
  const { call } = await parted();
  expect(await report(call, "other", QSEFW)).toEqual([1, "UNKNOWN_ALLOTMENT"]);
  expect(await report(call, "nameless")).toEqual([2, "UNKNOWN_ALLOTMENT"]);
  expect(await report(call, "curl", UNKNOWN)).toEqual([3, "UNKNOWN_ALLOTMENT"]);
  expect(await report(call, "viewer", QV)).toEqual([4, 1]);
  expect(await namesIn(call, "other", QSEFW)).toEqual(["analyzer_time"]);
  expect(await namesIn(call, null)).toEqual(["analyzer_time"]);
  expect(await namesIn(call, null, QV)).toEqual(["analyzer_time", "viewer_time"]);
});

test("a caller that names no product counts as the product that its source named last", async () => {
  const deployment = await parted();
  const { call } = deployment;
  await report(call, "viewer", QV);
  expect(await report(call, "viewer")).toEqual([2, 2]);
  expect(await namesIn(call, "viewer", UNKNOWN)).toEqual(["analyzer_time", "viewer_time"]);
  expect((await call("GET", "/v1/definition?source=viewer")).body.definition.allotments).toHaveLength(4);
  expect((await call("GET", "/v1/definition?source=nobody")).body.definition.allotments).toHaveLength(2);
  expect(await sync(deployment, "viewer", [add(deployment, "viewer")])).toMatchObject([{ rejection: "" }]);
  await report(call, "viewer", QSEFW);
  expect(await report(call, "viewer")).toEqual([4, "UNKNOWN_ALLOTMENT"]);
});

test("seats for one product are neither assigned to other products nor sent to them", async () => {
  const deployment = await parted();
  const [open, own] = await sync(
    deployment,
    "viewer",
    [add(deployment, "analyzer"), add(deployment, "viewer")],
    QV,
  );
  expect([open.rejection, own.rejection]).toEqual(["", ""]);
  const release = { ...own, deleted: NOW.toISOString() };
  for (const headers of [QSEFW, {}, UNKNOWN]) {
    const sent = [add(deployment, "viewer"), release, { ...own, lastUsed: "2026-08-01" }];
    const responses = await sync(deployment, "other", sent, headers);
    expect(responses.map(({ rejection }: { rejection: string }) => rejection)).toEqual([
      ...sent.map(() => "UNKNOWN_ALLOTMENT"),
      "",
    ]);
    expect(responses.at(-1).instance).toBe(open.instance);
  }
  expect(await sync(deployment, "viewer", [], QV)).toHaveLength(2);
});

test("a definition that changes an allotment's products counts from the next call", async () => {
  const { call, number, definition } = await parted();
  expect(await report(call, "other", QSEFW)).toEqual([1, "UNKNOWN_ALLOTMENT"]);
  const opened = definition.allotments.map(({ products: _, ...allotment }) => allotment);
  await putDefinition(number, { ...definition, allotments: opened }, null, false, SYSTEM, NOW);
  expect(await report(call, "other", QSEFW)).toEqual([2, 1]);
  await putDefinition(number, { ...definition, allotments: opened.slice(0, 3) }, null, false, SYSTEM, NOW);
  expect(await report(call, "other", QSEFW)).toEqual([3, 2]);
});

test("a product that is no longer licensed is refused, even if it no longer names itself", async () => {
  const { call, number } = await parted();
  await report(call, "viewer", QV);
  await changeLicense(number, { products: ["QSEfW"] }, null, SYSTEM, NOW);
  for (const headers of [QV, {}]) {
    const { body } = await call("POST", "/v1/consumption", { source: "viewer", consumption: [] }, headers);
    expect(body.code).toBe("PRODUCT_NOT_LICENSED");
  }
  expect(await report(call, "nameless")).toEqual([2, "UNKNOWN_ALLOTMENT"]);
});

test("a source in the address that is no source is refused as a part of the address", async () => {
  const { call } = await parted();
  for (const path of ["/v1/definition", "/v1/definitions/portable/info", "/v1/consumption"]) {
    const refused = await call("GET", `${path}?source=%00`, undefined, QV);
    expect([refused.status, refused.body.code], path).toEqual([422, "INVALID_QUERY"]);
  }
});

test("a signed definition for offline use requires a known product, an activation a user agent", async () => {
  const { call } = await parted();
  const portable = (source: string, headers: Headers = {}) =>
    call("GET", `/v1/definitions/portable/info?source=${source}`, undefined, headers);
  expect(await portable("site")).toMatchObject({ status: 422, body: { code: "INVALID_USER_AGENT" } });
  expect((await portable("site", QV)).status).toBe(200);
  expect((await portable("site")).status).toBe(200);
  const activation = await call("POST", "/v1/activations", { cause: "Update", source: "site" });
  expect(activation).toMatchObject({ status: 422, body: { code: "INVALID_USER_AGENT" } });
});
