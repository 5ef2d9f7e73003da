import { appendFileSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { keyBytes, subjectHash } from "@/domain/offline/offline-log";
import { logFile } from "./log-files";
import { openOfflineAgent } from "./offline-agent";
import { statusOf } from "./status";
import { licensed } from "./test-agent";
import {
  BEGIN,
  CHECKOUT,
  DEFINITION,
  isChained,
  offlineDeployment,
  SALT,
  signed,
  sldText,
} from "./test-offline";

vi.setConfig({ testTimeout: 60_000 });

const DAY = 86_400_000;
const hash = (subject: string) => subjectHash(keyBytes(SALT), subject, "folded");
type DeploymentFacts = Awaited<ReturnType<typeof offlineDeployment>>;

function warnings({ agent }: DeploymentFacts): string[] {
  return statusOf(agent.state(), agent.now(), null, agent.offline?.warnings()).warnings;
}

async function reply(of: DeploymentFacts, claims: Record<string, unknown> = {}): Promise<string> {
  const lines = of.log("assignments");
  const { log, hash: end, sequence } = { ...lines[0], ...lines.at(-1) };
  const whose = {
    license: "9999000000001253",
    checkout: CHECKOUT,
    source: "site-7",
    log,
    kind: "assignments",
  };
  const found = { through: sequence, hash: end, rejected: [], released: [], iat: 0 };
  return signed("license-reply+jwt", { ...whose, ...found, ...claims });
}

test("a deployment works from its file alone: seats within the units, minutes within each month's cap", async () => {
  const { agent, clock, log } = await offlineDeployment();
  expect(await agent.access("acme\\bob")).toEqual({
    granted: true,
    allotment: "analyzer",
    accessType: "analyzer",
  });
  expect(await agent.access("ACME\\Bob ")).toMatchObject({ granted: true, allotment: "analyzer" });
  expect(await agent.assign("acme\\eve", "professional")).toMatchObject({ state: "assigned" });
  await expect(agent.assign("acme\\kim", "professional")).rejects.toThrow(
    "The only professional seat is taken. Release a seat first.",
  );
  expect(await agent.time({ minutes: 59, subject: "x" })).toMatchObject({
    granted: true,
    charged: 60,
    remaining: 0,
  });
  expect(await agent.time({ minutes: 2, subject: "x" })).toMatchObject({
    granted: false,
    reason: "QUOTA_REACHED",
  });
  await clock.advance(25 * DAY);
  expect(await agent.time({ minutes: 6, subject: "x" })).toMatchObject({
    granted: true,
    charged: 6,
    remaining: 54,
  });
  await agent.release("acme\\bob", "analyzer");
  expect(agent.assignments().map(({ subject }) => subject)).toEqual(["acme\\eve"]);

  const seats = log("assignments");
  const first = {
    v: 1,
    kind: "assignments",
    license: "9999000000001253",
    checkout: CHECKOUT,
    source: "site-7",
  };
  expect(seats[0]).toMatchObject({ ...first, sequence: 0, created: "2026-03-10T08:00:00.000Z" });
  expect(seats.slice(1)).toMatchObject([
    { sequence: 1, instance: "", version: 0, allotment: "analyzer", subject: hash("acme\\bob"), auto: true },
    { sequence: 2, allotment: "professional", subject: hash("acme\\eve") },
    {
      sequence: 3,
      allotment: "analyzer",
      subject: hash("acme\\bob"),
      created: seats[1].created,
      deleted: "2026-04-04T08:00:00.000Z",
    },
  ]);
  const used = log("consumption").slice(1);
  expect(used.map(({ month, minutes }) => [month, minutes])).toEqual([
    ["2026-03", 60],
    ["2026-03", 6],
    ["2026-04", 6],
  ]);
  expect(isChained(seats) && isChained(log("consumption"))).toBe(true);
  expect(JSON.stringify(seats)).not.toContain("acme");
});

test("acknowledged changes survive the process, and the files equal the store, whatever happened to them", async () => {
  const all = await offlineDeployment();
  await all.agent.access("acme\\bob");
  await all.agent.time({ minutes: 6 });
  const [seats, minutes] = [logFile(all.data, "assignments"), logFile(all.data, "consumption")];
  const before = readFileSync(seats, "utf8");
  expect(before).toBe(
    all
      .log("assignments")
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(""),
  );
  truncateSync(seats, before.length - 20);
  rmSync(minutes);
  await all.restart();
  expect(readFileSync(seats, "utf8")).toBe(before);
  expect(readFileSync(minutes, "utf8").split("\n")).toHaveLength(3);
  expect(all.agent.assignments()).toMatchObject([{ subject: "acme\\bob", state: "assigned" }]);
  // A person who moves a file away while the agent runs, or edits it, changes nothing but that file.
  appendFileSync(seats, "a note\n");
  rmSync(minutes);
  await all.agent.release("acme\\bob", "analyzer");
  await all.agent.time({ minutes: 6 });
  expect(readFileSync(seats, "utf8").split("\n")).toHaveLength(4);
  expect(isChained(all.log("assignments"))).toBe(true);
  expect(readFileSync(minutes, "utf8").split("\n")).toHaveLength(4);
});

test("the agent warns from 30 days before the end, and then nobody has access, even if the clock is set back", async () => {
  const all = await offlineDeployment();
  await all.agent.access("acme\\bob");
  await all.clock.advance(59 * DAY);
  expect(warnings(all)).toEqual([]);
  await all.clock.advance(2 * DAY);
  expect(warnings(all)[0]).toMatch("The signed definition expires in 29 days. Download a renewed one");
  await all.clock.advance(29 * DAY);
  expect(await all.agent.access("acme\\bob")).toEqual({ granted: false, reason: "LEASE_ENDED" });
  all.clock.skew = -80 * DAY;
  await all.restart();
  expect(await all.agent.access("acme\\bob")).toEqual({ granted: false, reason: "LEASE_ENDED" });
  expect(warnings(all)[0]).toMatch(/This machine's clock is 1152\d\d minutes behind/);
});

test("a renewed file extends the license, and the logs continue under the key that they began with", async () => {
  const all = await offlineDeployment();
  await all.agent.access("acme\\bob");
  await all.clock.advance(80 * DAY);
  const renewed = await sldText("2026-05-29T08:00:00Z", {
    jti: "0190b0a0-0000-7000-8000-000000000003",
    logKey: "00ff",
  });
  await all.agent.offline?.enterSld(JSON.stringify({ license: "9999000000001253", sld: renewed }));
  await all.clock.advance(20 * DAY);
  expect(await all.agent.access("acme\\bob")).toMatchObject({ granted: true });
  await all.agent.access("acme\\eve");
  expect(isChained(all.log("assignments"))).toBe(true);
  // The service starts again with the file from its setup.
  await all.restart();
  expect(all.lines.at(-1)).toMatch("A newer signed definition is already in force.");
  expect(await all.agent.access("acme\\bob")).toMatchObject({ granted: true });
});

const OTHER = { valid: "2026-01-01/2026-12-31" };
test.each([
  ["of another license", { license: "9999000000001261" }, "WRONG_LICENSE"],
  ["for another product", { aud: "QV" }, "WRONG_PRODUCT"],
  ["for another site", { source: "site-8" }, "WRONG_SOURCE"],
  ["of an earlier day", { iat: Date.parse(BEGIN) / 1000 - 60 }, "OLDER_SLD"],
  ["that expired", { iat: Date.parse(BEGIN) / 1000 + 60, exp: Date.parse(BEGIN) / 1000 + 60 }, "SLD_EXPIRED"],
] as const)("a file %s is refused, and the license in force stays", async (_, claims, code) => {
  const { agent } = await offlineDeployment();
  const text = await sldText("2026-03-10T08:01:00Z", claims);
  await expect(agent.offline?.enterSld(text)).rejects.toMatchObject({ code, status: 422 });
  expect(await agent.access("acme\\bob")).toMatchObject({ granted: true });
});

test("a file that is edited, cut, signed by an unknown key, or of another kind is refused with its reason", async () => {
  const { agent } = await offlineDeployment();
  const enter = (text: string) => agent.offline?.enterSld(text);
  const good = Buffer.from(await sldText("2026-03-11T08:00:00Z"), "base64").toString();
  const [head = "", payload = "", end = ""] = (JSON.parse(good).signedDef.jws as string).split(".");
  const edited = Buffer.from(payload, "base64url").toString().replace('"count":2', '"count":9');
  const forged = [head, Buffer.from(edited).toString("base64url"), end].join(".");
  await expect(enter(forged)).rejects.toThrow("Its signature is wrong: the file was changed or cut off.");
  const { signedDef } = JSON.parse(good);
  const beside = Buffer.from(signedDef.definition, "base64").toString().replace('"count":2', '"count":9');
  const readable = { signedDef: { ...signedDef, definition: Buffer.from(beside).toString("base64") } };
  await expect(enter(Buffer.from(JSON.stringify(readable)).toString("base64"))).rejects.toThrow(
    "Its readable part differs from the signed one",
  );
  await expect(enter(good.slice(0, 300))).rejects.toThrow("It has no signed definition.");
  await expect(enter(await signed("license-definition+jwt", OTHER))).rejects.toThrow(
    "It isn't a signed definition for a deployment without a network, but a definition for deployments that are online.",
  );
  const unknown = Buffer.from(JSON.stringify({ alg: "RS512", typ: "license-offline+jwt", kid: "gone" }));
  await expect(enter([unknown.toString("base64url"), payload, end].join("."))).rejects.toThrow(
    "It is signed by a key that isn't in the key set (gone).",
  );
  await expect(
    enter([Buffer.from('{"alg":"none"}').toString("base64url"), payload, ""].join(".")),
  ).rejects.toThrow("another document");
});

test("a reply withdraws the seats that the backend didn't give, and those that an admin released", async () => {
  const all = await offlineDeployment();
  const { agent } = all;
  await agent.assign("acme\\bob", "analyzer");
  await agent.assign("acme\\eve", "analyzer");
  await agent.assign("acme\\kim", "professional");
  const rejected = [{ sequence: 1, rejection: "NO_AVAILABLE_UNITS" }];
  await agent.offline?.enterReply(await reply(all, { rejected, released: [3] }));
  expect(agent.assignments()).toMatchObject([{ subject: "acme\\eve" }]);
  expect(agent.state().rejections).toMatchObject([
    { subject: "acme\\bob", code: "NO_AVAILABLE_UNITS" },
    { subject: "acme\\kim", code: "RELEASED", reason: "An admin released this seat." },
  ]);
  // The same reply again changes nothing, even for a user who got a seat since.
  await agent.assign("acme\\bob", "analyzer");
  await agent.offline?.enterReply(JSON.stringify({ reply: await reply(all, { rejected, released: [3] }) }));
  expect(agent.assignments()).toHaveLength(2);
});

test("a reply for another log, for one that continued differently, or an older reply is refused", async () => {
  const all = await offlineDeployment();
  await all.agent.assign("acme\\bob", "analyzer");
  const take = async (claims: Record<string, unknown>) =>
    all.agent.offline?.enterReply(await reply(all, claims));
  const rejected = [{ sequence: 1, rejection: "NO_AVAILABLE_UNITS" }];
  await expect(take({ log: CHECKOUT, rejected })).rejects.toThrow("for the log of another site");
  await expect(take({ hash: "0".repeat(64), rejected })).rejects.toThrow("a log that continued differently");
  await expect(take({ through: 2, rejected })).rejects.toThrow("a log that continued differently");
  await take({});
  const [header] = all.log("assignments");
  await expect(take({ through: 0, hash: header.hash, rejected })).rejects.toThrow("A newer reply");
  expect(all.agent.assignments()).toHaveLength(1);
});

test("a folder is online or offline, never both", async () => {
  const online = await licensed();
  await online.agent.close();
  await expect(offlineDeployment({ data: online.data })).rejects.toThrow(
    "belongs to a deployment that uses a backend",
  );
  await online.restart();
  const offline = await offlineDeployment();
  await offline.agent.close();
  await expect(online.restart({ data: offline.data })).rejects.toThrow(
    "belongs to a deployment without a network",
  );
  await offline.restart();
  await online.restart();
});

test("a reset keeps the logs of the old store", async () => {
  const all = await offlineDeployment();
  await all.agent.access("acme\\bob");
  const before = readFileSync(logFile(all.data, "assignments"), "utf8");
  await all.restart({ reset: true });
  expect(all.agent.assignments()).toEqual([]);
  expect(readFileSync(logFile(all.data, "assignments"), "utf8")).not.toBe(before);
  const kept = readdirSync(all.data).filter((name) => name.startsWith("assignments.jsonl."));
  expect(kept.map((name) => readFileSync(`${all.data}/${name}`, "utf8"))).toEqual([before]);
});

test("an invalid key set ends the start with a sentence", async () => {
  const { agent, data } = await offlineDeployment();
  await agent.close();
  const open = openOfflineAgent({
    data,
    offline: { sld: await sldText(BEGIN, { definition: DEFINITION }), jwks: "{}" },
  });
  await expect(open).rejects.toThrow("The key set can't be used. It is not a JWK Set.");
});
