import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { ConsumptionReply } from "@/contract/product-consumption-schemas";
import { SyncReply } from "@/contract/product-sync-schemas";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { agent, licensedDeployment } from "./test-deployment";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const QSEFW = agent("QSEfW");
const MONTH = NOW.toISOString().slice(0, 7);

/** A member that is right, absent, or any JSON. */
const member = (...right: unknown[]) =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...right), weight: 2 },
    fc.jsonValue({ maxDepth: 3 }),
    fc.constant(undefined),
  );

const patches = (license: string) =>
  fc.array(
    fc.record({
      instance: member("", "1", " 8471503661037715228", 7, {}),
      version: member(0, "0", -1, 1e300),
      license: member(license, license, license, "9999"),
      allotment: member("analyzer", "analyzer", "analyzer_time", "__proto__"),
      subject: member("acme\\bob", "acme\\eve", 7, "\ud800", "\0"),
      created: member(NOW.toISOString(), "2019-04-18T12:01:35+02:00", "yesterday"),
      deleted: member(undefined, undefined, NOW.toISOString(), "2019-04-18T12:01:35.5+02:00", "now", false),
      auto: member(undefined, true, "yes"),
      lastUsed: member(undefined, "2026-08-01", "yesterday", 7),
      excess: member(undefined, "x"),
      rank: member(undefined, {}),
      rejection: member(undefined, 7),
    }),
    { maxLength: 8 },
  );

const session = fc.record({
  id: member("s1", "s2", 7, ""),
  subject: member("acme\\bob", "", "\0"),
  app: member("Sales", "\0"),
  start: member(NOW.toISOString(), "now"),
  end: member(NOW.toISOString(), "1999-01-01T00:00:00Z"),
  minutes: member(6, 1e9, -1, 1.5),
});
const elements = fc.array(
  fc.record({
    id: member("a", 7, {}, null),
    allotment: member("analyzer_time", "analyzer_time", "analyzer", "nothing", "\0"),
    month: member(MONTH, MONTH, "2018-11", "2018-13", "9999-12"),
    consumption: member(0, 1, 10, -1, 1.5, "10"),
    sequence: member(undefined, 1, 2, 0, "1"),
    sessions: fc.oneof(
      fc.array(fc.oneof(session, fc.jsonValue({ maxDepth: 1 })), { maxLength: 4 }),
      member(undefined),
    ),
  }),
  { maxLength: 8 },
);
const denials = fc.array(
  fc.record({
    hour: member(NOW.toISOString(), "2018-11-01T00:00:00Z", "now"),
    reason: member("NOT_ASSIGNED", "QUOTA_REACHED", "no"),
    allotment: member("analyzer_time", "", "\0"),
    subject: member("acme\\bob", "", "\0"),
    count: member(1, 2 ** 31, 0, "1"),
  }),
  { maxLength: 4 },
);

test("each patch gets its result in its position as the published schema says, whatever was sent", async () => {
  const deployment = await licensedDeployment({
    allotments: [seats("analyzer", 3), minutes("analyzer_time", 100)],
  });
  await fc.assert(
    fc.asyncProperty(patches(deployment.number), async (sent) => {
      const body = { source: "site", bases: [{ license: deployment.number, version: 0 }], patches: sent };
      const response = await deployment.call("POST", "/v1/assignments/sync", body, QSEFW);
      expect(response.status).toBe(200);
      expect(SyncReply.safeParse(response.body)).toMatchObject({ success: true });
      expect(response.body.patches.length).toBeGreaterThanOrEqual(sent.length);
    }),
    { numRuns: 150 },
  );
});

test("each element gets its result in its position as the published schema says, whatever was sent", async () => {
  const deployment = await licensedDeployment({
    allotments: [seats("analyzer", 3), minutes("analyzer_time", 100)],
  });
  await fc.assert(
    fc.asyncProperty(elements, denials, async (consumption, denials) => {
      const body = { source: "site", consumption, denials };
      const response = await deployment.call("POST", "/v1/consumption", body, QSEFW);
      expect(response.status).toBe(200);
      expect(ConsumptionReply.safeParse(response.body)).toMatchObject({ success: true });
      expect(response.body.consumption).toHaveLength(consumption.length);
    }),
    { numRuns: 150 },
  );
});

test("a release with a wrong instance is refused and releases nothing", async () => {
  const deployment = await licensedDeployment();
  const add = {
    instance: "",
    version: 0,
    license: deployment.number,
    allotment: "analyzer",
    subject: "acme\\bob",
    created: NOW.toISOString(),
  };
  const sync = (patch: object) =>
    deployment.call("POST", "/v1/assignments/sync", { source: "site", bases: [], patches: [patch] }, QSEFW);
  const [{ instance }] = (await sync(add)).body.patches;
  const wrong = { ...add, instance: ` ${instance}`, deleted: NOW.toISOString() };
  expect((await sync(wrong)).body.patches).toMatchObject([
    { ...wrong, rejection: "INVALID_INSTANCE" },
    { instance },
  ]);
});

test("an id nested as deeply as a body allows does no harm", async () => {
  const deployment = await licensedDeployment({ allotments: [minutes("analyzer_time", 100)] });
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const body = `{"source":"site","consumption":[{"id":${deep},"allotment":"analyzer_time","month":"${MONTH}","consumption":1}]}`;
  const response = await deployment.call("POST", "/v1/consumption", body, QSEFW);
  expect(response).toMatchObject({ status: 200, body: { consumption: [{ total: 1 }] } });
});
