import { expect, test, vi } from "vitest";
import { minutes, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { agent, licensedDeployment } from "./test-deployment";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const QSEFW = agent("QSEfW");
const times = { start: NOW.toISOString(), end: NOW.toISOString() };
const element = { id: 1, allotment: "analyzer_time", month: "2026-08", consumption: 6, sequence: 1 };
const sessions = [
  { id: "a", minutes: 6, ...times },
  { id: "b", minutes: -6, ...times },
];
const denials = [
  { hour: NOW.toISOString(), reason: "NOT_ASSIGNED", subject: "acme\\bob", count: 3 },
  { hour: NOW.toISOString(), reason: "because", count: 3 },
];

const deployment = () => licensedDeployment({ allotments: [minutes("analyzer_time", 100)] });
type Deployment = Awaited<ReturnType<typeof deployment>>;
const report = ({ call }: Deployment, body: object, headers = {}) =>
  call("POST", "/v1/consumption", { source: "site", ...body }, { ...QSEFW, ...headers });

test("a report says how many sessions and denials are stored, and which aren't", async () => {
  const site = await deployment();
  const sent = { consumption: [{ ...element, sessions }], denials };
  expect((await report(site, sent)).body).toMatchObject({
    consumption: [
      { total: 6, duplicate: false, sessions: 1, sessionErrors: [{ id: "b", code: "INVALID_MINUTES" }] },
    ],
    denials: 1,
    denialErrors: [{ index: 1, code: "INVALID_REASON" }],
  });
  expect((await report(site, { consumption: [], denials })).body).toMatchObject({
    consumption: [],
    denials: 1,
  });
});

test("a repetition with an Idempotency-Key stores its sessions too", async () => {
  const site = await deployment();
  const once = { "Idempotency-Key": "one" };
  const sent = { consumption: [{ ...element, sessions }] };
  const first = await report(site, sent, once);
  const again = await report(site, sent, once);
  expect(again.body.consumption).toEqual(first.body.consumption);
  expect(again.body.consumption[0].sessions).toBe(1);
});

test("a report without sessions and denials says nothing of them", async () => {
  const { body } = await report(await deployment(), { consumption: [element] });
  expect(JSON.stringify(body)).not.toMatch(/session|denial/);
});

test("more than 1,000 sessions or denials are refused before anything is booked", async () => {
  const site = await deployment();
  const many = <T>(one: T) => Array.from({ length: 501 }, () => one);
  const half = { ...element, sessions: many(sessions[0]) };
  const tooMany = await report(site, { consumption: [half, { ...half, id: 2, sequence: 2 }] });
  expect([tooMany.status, tooMany.body.errors[0].pointer]).toEqual([422, "/consumption"]);
  const denied = many(denials[0]);
  const tooOften = await report(site, { consumption: [element], denials: [...denied, ...denied] });
  expect([tooOften.status, tooOften.body.errors[0].pointer]).toEqual([422, "/denials"]);
  expect((await report(site, { consumption: [{ ...element, consumption: 0 }] })).body).toMatchObject({
    consumption: [{ total: 0, duplicate: false }],
  });
});
