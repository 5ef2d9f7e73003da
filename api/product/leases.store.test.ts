import { expect, test, vi } from "vitest";
import { minutes, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { agent, licensedDeployment } from "./test-deployment";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const RUN = "7f3d5c1a-1f6e-4b57-9a65-0f4f0a9f6a11";
const ABLE = { ...agent("QSEfW"), "Signet-Features": "leases, aliases" };
const month = "2026-08";
const ask = { id: 1, allotment: "analyzer_time", month, sequence: 1, used: 0, reported: 0, want: 60 };

const bounded = () =>
  licensedDeployment({
    allotments: [minutes("analyzer_time", 300, 0)],
    settings: { whenOffline: "bounded", leaseHours: 24 },
  });
type Deployment = Awaited<ReturnType<typeof bounded>>;
const send = ({ call }: Deployment, path: string, body: object, headers = {}) =>
  call("POST", path, { source: "site", ...body }, { ...ABLE, ...headers });

test("minutes are reserved, used in a report that asks for more, and given back", async () => {
  const site = await bounded();
  const reserved = await send(site, "/v1/leases", { run: RUN, leases: [ask] });
  expect(reserved).toMatchObject({
    status: 200,
    body: {
      serverTime: NOW.toISOString(),
      leases: [{ id: 1, granted: 60, booked: 0, total: 0, reserved: 60, cap: 300, free: 240 }],
    },
  });
  const [{ lease, expires }] = reserved.body.leases;
  expect(expires).toBe("2026-08-25T10:00:00.000Z");
  const consumption = [{ id: "a", allotment: "analyzer_time", month, consumption: 42, sequence: 1, lease }];
  const more = { ...ask, sequence: 2, used: 42, want: 60, lease, granted: 60 };
  const report = { run: RUN, consumption, leases: [more] };
  const booked = await send(site, "/v1/consumption", report);
  expect(booked.body).toMatchObject({
    consumption: [{ id: "a", total: 42, quota: 300, denied: false }],
    leases: [{ lease, sequence: 2, granted: 102, booked: 42, reserved: 60 }],
  });
  const again = await send(site, "/v1/consumption", report, { "Idempotency-Key": "k" });
  expect(again.body).toMatchObject({ consumption: [{ duplicate: true }], leases: [{ granted: 102 }] });
  const returned = { ...more, sequence: 3, reported: 42, want: 0, granted: 102 };
  expect((await send(site, "/v1/leases", { run: RUN, leases: [returned] })).body.leases).toMatchObject([
    { granted: 42, reserved: 0, free: 258 },
  ]);
});

test("a report without leases says nothing of them, and one with an empty list answers none", async () => {
  const site = await bounded();
  const element = { id: 1, allotment: "analyzer_time", month, consumption: 0 };
  expect((await send(site, "/v1/consumption", { consumption: [element] })).body).not.toHaveProperty("leases");
  expect((await send(site, "/v1/consumption", { consumption: [element], leases: [] })).body.leases).toEqual(
    [],
  );
});

test("a wrong value is its item's error, a wrong shape is refused", async () => {
  const site = await bounded();
  const { body } = await send(site, "/v1/leases", {
    run: RUN,
    leases: [
      { ...ask, want: -1 },
      { ...ask, id: 2 },
    ],
  });
  expect(body.leases).toMatchObject([
    { id: 1, error: { code: "INVALID_ITEM" } },
    { id: 2, granted: 60 },
  ]);
  expect((await send(site, "/v1/leases", { leases: [ask] })).body.leases).toMatchObject([
    { error: { code: "INVALID_ITEM", detail: expect.stringContaining("run") } },
  ]);
  for (const leases of [undefined, "all", [1], Array.from({ length: 101 }, () => ask)])
    expect((await send(site, "/v1/leases", { run: RUN, leases })).status).toBe(422);
});

test("a client that can't reserve sees no minutes, until it says that it can", async () => {
  const site = await bounded();
  const read = (headers: object) => site.call("GET", "/v1/definition?source=old", undefined, { ...headers });
  const unable = await read(agent("QSEfW"));
  expect(unable.body.definition.allotments).toMatchObject([{ name: "analyzer_time", units: [] }]);
  const able = await read(ABLE);
  expect(able.body.definition.allotments).toMatchObject([{ units: [{ count: 300 }] }]);
  expect(able.body.version).toBe(unable.body.version);
  const total = { total: 0, quota: 0, overage: 0, remaining: 0, denied: true };
  const totals = await site.call("GET", `/v1/consumption?month=${month}`, undefined, agent("QSEfW"));
  expect(totals.body.consumption).toMatchObject([total]);
});

test("a call that isn't admitted reserves nothing", async () => {
  const site = await bounded();
  const wrong = await send(site, "/v1/leases", { run: RUN, leases: [ask] }, agent("ABC"));
  expect(wrong).toMatchObject({ status: 403, body: { code: "PRODUCT_NOT_LICENSED" } });
});
