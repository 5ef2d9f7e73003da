import { expect, onTestFinished, test } from "vitest";
import { openOfflineAgent } from "@/agent/offline-agent";
import { HOUR, newFolder } from "@/agent/test-agent";
import { VirtualClock } from "@/agent/test-clock";
import { createApi } from "@/api/app";
import { SYSTEM } from "@/server/access/actor";
import { monthUsage } from "@/server/consumption/usage";
import { createToken } from "@/server/identity/tokens";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { store } from "@/server/store/store";
import { keyOf } from "@/server/testing/test-callers";
import { makeLicense, minutes, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { patchFor, sync } from "@/server/testing/test-syncs";

const DAY = 24 * HOUR;

useStore();

const clock = new VirtualClock(NOW.toISOString());
const serverTime = () => new Date(clock.time());
const api = createApi({ clock: serverTime });

/** The API over HTTP as programs call it; a text is sent as it is. */
async function call(method: string, path: string, token?: string, body?: object | string) {
  const isText = typeof body === "string";
  const response = await api.request(path, {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      "Content-Type": isText ? "application/jsonl" : "application/json",
    },
    body: isText ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

test("the offline circle: a definition goes out, a deployment runs 45 days without a network, its logs come back, its reply goes out", async () => {
  const allotments = [seats("analyzer", 2), minutes("analyzer_time", 60, 0)];
  const { number } = await makeLicense({ product: "QSEfW", allotments });
  const { token } = await createToken(OWNER, { name: "console", role: "owner" }, SYSTEM, serverTime());
  const { key } = await issueLicenseKey(number, "", SYSTEM, serverTime());
  const admin = `/api/v1/admin/licenses/${number}`;

  const out = await call("POST", `${admin}/checkouts`, token, { product: "QSEfW", source: "mill-1" });
  expect(out.status).toBe(201);
  const { body: jwks } = await call("GET", "/.well-known/jwks.json");
  const offline = { sld: out.body.sld, jwks: JSON.stringify(jwks) };
  const agent = await openOfflineAgent({ data: newFolder(), clock, isFast: true, offline });
  onTestFinished(() => agent.close());

  // Online, one of the same users takes a seat, and another user the last one.
  const online = (await keyOf(number))();
  await sync(online, [patchFor(number, "ACME\\Bob")]);
  await agent.assign("acme\\bob", "analyzer");
  await agent.assign("acme\\kim", "analyzer");
  for (let day = 0; day < 45; day++) {
    expect(await agent.access("acme\\kim")).toMatchObject({ granted: true });
    if (day % 5 === 0) await agent.time({ minutes: 6, session: String(day) });
    if (day === 20) await sync(online, [patchFor(number, "acme\\eve")], { now: serverTime() });
    await clock.advance(DAY);
  }
  const log = (kind: "assignments" | "consumption") =>
    [...(agent.offline?.log(kind) ?? [])].map((line) => `${line}\n`).join("");

  // First a preview; then the seats are uploaded with the key, the minutes through the console.
  const preview = await call("POST", `${admin}/logs?dryRun=true`, token, log("assignments"));
  const rejected = [{ sequence: 2, rejection: "NO_AVAILABLE_UNITS" }];
  expect(preview).toMatchObject({ status: 200, body: { new: 2, rejected, reply: null } });
  const taken = await call("POST", "/v1/assignments/log", key, log("assignments"));
  expect(taken).toMatchObject({ status: 200, body: { through: 2, lines: 2, new: 2, rejected } });
  const booked = await call("POST", `${admin}/logs`, token, log("consumption"));
  expect(booked).toMatchObject({ status: 200, body: { kind: "consumption", through: 9, rejected: [] } });

  const held = await call("GET", `${admin}/assignments`, token);
  expect(held.body.items.map(({ subject }: { subject: string }) => subject).sort()).toEqual([
    "ACME\\Bob",
    "acme\\eve",
  ]);
  const totals = await Promise.all(
    ["2026-08", "2026-09", "2026-10"].map(async (month) => {
      const usage = await monthUsage(number, month, serverTime());
      return usage.allotments.find(({ name }) => name === "analyzer_time")?.total;
    }),
  );
  // A block counts in the month in which it began: days 0 and 5 in August, 10 to 35 in September, 40 in October.
  expect(totals).toEqual([12, 36, 6]);
  const deployments = await call("GET", `${admin}/deployments`, token);
  expect(deployments.body.items).toContainEqual(
    expect.objectContaining({ source: "mill-1", lastSync: null, lastUpload: serverTime().toISOString() }),
  );

  await agent.offline?.enterReply(JSON.stringify(taken.body));
  expect(await agent.access("acme\\kim")).toMatchObject({ granted: false, reason: "NO_AVAILABLE_UNITS" });
  expect(await agent.access("acme\\bob")).toMatchObject({ granted: true });

  const before = await countAll(number);
  const again = await call("POST", "/v1/assignments/log", key, log("assignments"));
  expect(again).toMatchObject({ status: 200, body: { through: 2, new: 0, rejected } });
  expect(await call("POST", "/v1/consumption/log", key, log("consumption"))).toMatchObject({
    status: 200,
    body: { new: 0 },
  });
  expect(await countAll(number)).toEqual(before);

  // Refused without a key, with the wrong kind, and if cut in the middle.
  expect(await call("POST", "/v1/assignments/log", undefined, log("assignments"))).toMatchObject({
    status: 401,
  });
  const wrong = await call("POST", "/v1/assignments/log", key, log("consumption"));
  expect(wrong).toMatchObject({
    status: 422,
    body: { code: "INVALID_LOG", errors: [{ pointer: "/lines/0" }] },
  });
  const cut = await call("POST", `${admin}/logs`, token, log("assignments").slice(0, -30));
  expect(cut).toMatchObject({
    status: 422,
    body: { code: "INVALID_LOG", errors: [{ pointer: "/lines/2" }] },
  });
  expect((await call("GET", "/api/schemas/offline-log.json")).body).toMatchObject({
    anyOf: [expect.anything(), expect.anything(), expect.anything()],
  });
});

/** Everything that an upload could change, except its own record. */
async function countAll(license: string) {
  const { db } = store();
  const where = { license };
  const [logHead, usage, seatsTaken] = await Promise.all([
    db.roster.findUniqueOrThrow({ where, select: { version: true } }),
    db.usage.findMany({ where }),
    db.assignment.count({ where }),
  ]);
  return { version: logHead.version, usage, seatsTaken };
}
