import { execFile } from "node:child_process";
import { cpSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import type { APIRequestContext } from "@playwright/test";
import { TestProxy } from "@/agent/test-proxy";
import { selfSigned } from "@/machine/test-certificate";
import { newAgentFolder, type RunningAgent, startAgent } from "./agent-process";
import { subject } from "./canary";
import { issueLicense, type Licensed, test as plain, revokeKey } from "./fixtures";
import { seats, timeAllotment } from "./guide";
import { NetworkLink } from "./network-link";
import { ownerOf } from "./own-server";
import { newPatch, sync } from "./product";
import { type RunningServer, startServer } from "./server";
import { type StoreName, startOn } from "./stores";
import { hasTinyproxy, startTinyproxy } from "./tinyproxy";

/** Resources of a test, released when it ends, even if it fails. */
type Began = {
  agent: typeof startAgent;
  link: typeof NetworkLink.to;
  /** Registers anything else to release. */
  atEnd(end: () => unknown): void;
};

const test = plain.extend<{ began: Began }>({
  began: async ({ door: _ }, use) => {
    const ends: (() => unknown)[] = [];
    await use({
      agent: async (...given) => {
        const agent = await startAgent(...given);
        ends.push(agent.kill);
        return agent;
      },
      link: async (...given) => {
        const link = await NetworkLink.to(...given);
        ends.push(() => link.close());
        return link;
      },
      atEnd: (end) => ends.push(end),
    });
    for (const end of ends.toReversed()) await end();
  },
});
const { expect } = test;

const MINUTES = timeAllotment({ usage: { class: "time", minimum: 6 }, units: [{ count: 200, valid: "" }] });
const SEATS = { allotments: [seats(3), MINUTES] };
const AUTOMATIC = { ...SEATS, settings: { autoAssignProfessional: true } };

const enterKey = (agent: RunningAgent, key: string) => agent.call("PUT", "/v1/license", { key });
const syncNow = (agent: RunningAgent) => agent.call("POST", "/v1/sync");
const requestAccess = async (agent: RunningAgent, name: string) =>
  (await agent.call("POST", "/v1/access", { subject: subject(name) })).body;
const chargeMinutes = async (agent: RunningAgent, minutes: number, session: string) =>
  (await agent.call("POST", "/v1/time", { minutes, session })).body;
const seatFor = (name: string) => ({ subject: subject(name), allotment: "professional" });

/** The minutes that the server counted this month. */
async function totalOf(api: APIRequestContext, number: string): Promise<number> {
  const month = new Date().toISOString().slice(0, 7);
  const usage = await (await api.get(`/api/v1/admin/licenses/${number}/usage?month=${month}`)).json();
  return usage.allotments[0].total;
}

async function subjectsOf(api: APIRequestContext, number: string): Promise<string[]> {
  const { items } = await (await api.get(`/api/v1/admin/licenses/${number}/assignments?sort=subject`)).json();
  return items.map((item: { subject: string }) => item.subject);
}

async function deploymentsOf(api: APIRequestContext, number: string) {
  return (await (await api.get(`/api/v1/admin/licenses/${number}/deployments`)).json()).items;
}

test("an agent takes a pasted key, auto-assigns a seat, and charges minutes in blocks", async ({
  issue,
  door,
  api,
  began,
}) => {
  const { key, number } = await issue(AUTOMATIC);
  const agent = await began.agent(door);
  expect((await agent.call("GET", "/ready")).body.code).toBe("NO_LICENSE");
  const entered = await enterKey(agent, `  ${key.slice(0, 60)}\r\n${key.slice(60)}\n`);
  expect([entered.status, entered.body.state]).toEqual([200, "ready"]);

  const granted = { granted: true, allotment: "professional", accessType: "professional" };
  expect(await requestAccess(agent, "bob")).toEqual(granted);
  expect(await chargeMinutes(agent, 26, "1")).toMatchObject({ granted: true, charged: 30, remaining: 170 });
  expect((await syncNow(agent)).body.waiting).toEqual({ patches: 0, minutes: 0 });
  expect(await totalOf(api, number)).toBe(30);
  expect(await deploymentsOf(api, number)).toMatchObject([
    { source: entered.body.source, product: "QSEfW", cause: "Initial", suspicions: [] },
  ]);
  expect(await agent.stop()).toBe(0);
  expect(agent.output()).not.toContain(key.slice(0, 40));
});

test("two agents share one list of users", async ({ issue, door, began }) => {
  const { key } = await issue(SEATS);
  const [warsaw, lisbon] = await Promise.all([began.agent(door), began.agent(door)]);
  for (const agent of [warsaw, lisbon]) await enterKey(agent, key);
  expect((await warsaw.call("POST", "/v1/assignments", seatFor("bob"))).status).toBe(200);
  await syncNow(lisbon);
  expect(await requestAccess(lisbon, "bob")).toMatchObject({ granted: true });
  await lisbon.call("DELETE", "/v1/assignments", seatFor("bob"));
  await syncNow(warsaw);
  expect(await requestAccess(warsaw, "bob")).toEqual({ granted: false, reason: "NOT_ASSIGNED" });
});

test("a received revocation survives an outage and a killed agent", async ({ issue, door, api, began }) => {
  const { key, jti } = await issue(AUTOMATIC);
  const link = await began.link(door);
  const agent = await began.agent(link.url);
  await enterKey(agent, key);
  expect(await requestAccess(agent, "bob")).toMatchObject({ granted: true });
  await revokeKey(api, jti);
  await syncNow(agent);
  link.redirect(null);
  expect(await requestAccess(agent, "bob")).toEqual({ granted: false, reason: "KEY_REVOKED" });
  await agent.kill();
  const again = await began.agent(link.url, { data: agent.data });
  expect(await requestAccess(again, "bob")).toEqual({ granted: false, reason: "KEY_REVOKED" });
  expect((await again.call("GET", "/ready")).status).toBe(503);
});

test("a network's sign-in page is reported, and access continues", async ({ issue, door, began }) => {
  const portal = createServer((_, response) => response.writeHead(403).end("<html>Please sign in</html>"));
  await new Promise<void>((done) => portal.listen(0, "127.0.0.1", done));
  began.atEnd(() => portal.close());
  const { key } = await issue(AUTOMATIC);
  const link = await began.link(`http://127.0.0.1:${(portal.address() as AddressInfo).port}`);
  const agent = await began.agent(link.url);
  const refused = await enterKey(agent, key);
  expect([refused.status, refused.body.detail]).toEqual([503, expect.stringContaining("sign-in page")]);
  link.redirect(door);
  expect((await enterKey(agent, key)).status).toBe(200);
  link.redirect(`http://127.0.0.1:${(portal.address() as AddressInfo).port}`);
  expect((await syncNow(agent)).status).toBe(503);
  expect(await requestAccess(agent, "bob")).toMatchObject({ granted: true });
  expect((await agent.call("GET", "/health")).body).toMatchObject({
    license: "ready",
    error: { kind: "portal" },
  });
});

test("TLS: an untrusted certificate is refused, a configured CA is accepted, and the minimum version is enforced", async ({
  issue,
  door,
  began,
}) => {
  const { key } = await issue(SEATS);
  const tls = selfSigned();
  const link = await began.link(door, { ...tls, maxVersion: "TLSv1.2" });
  const data = newAgentFolder();
  const ca = join(newAgentFolder(), "ca.pem");
  writeFileSync(ca, tls.cert);
  const entered = async (...options: string[]) => {
    const agent = await began.agent(link.url, { data, options });
    const { status, body } = await enterKey(agent, key);
    await agent.stop();
    return [status, body.detail];
  };
  expect(await entered()).toEqual([503, expect.stringContaining("--ca")]);
  expect(await entered("--ca", ca, "--tls-min", "TLSv1.3")).toEqual([
    503,
    expect.stringContaining("--tls-min"),
  ]);
  expect(await entered("--ca", ca, "--ciphers", "ECDHE-ECDSA-AES256-GCM-SHA384")).toEqual([200, undefined]);
});

test("a proxy with a password: wrong password, right password, proxy down, proxy back", async ({
  issue,
  door,
  began,
}) => {
  const { key } = await issue(AUTOMATIC);
  const proxy = await TestProxy.open();
  began.atEnd(() => proxy.close());
  const data = newAgentFolder();
  const wrong = await began.agent(door, { data, options: ["--proxy", proxy.url("acme:wrong-word")] });
  const refused = await enterKey(wrong, key);
  expect([refused.status, refused.body.detail]).toEqual([503, expect.stringContaining("missing or wrong")]);
  await wrong.stop();
  expect(wrong.output() + JSON.stringify(refused)).not.toContain("wrong-word");

  const agent = await began.agent(door, { data, options: ["--proxy", proxy.url()] });
  expect((await enterKey(agent, key)).status).toBe(200);
  expect(proxy.passed).toContain(`POST ${door}/v1/activations`);
  proxy.isDown = true;
  const cut = await syncNow(agent);
  expect([cut.status, cut.body.detail]).toEqual([503, expect.stringContaining("the proxy")]);
  expect(await requestAccess(agent, "bob")).toMatchObject({ granted: true });
  proxy.isDown = false;
  expect((await syncNow(agent)).body).toMatchObject({ contact: { failures: 0 }, waiting: { patches: 0 } });
});

test("secrets come from the environment or a file, a damaged store is reported, and a reset starts over", async ({
  issue,
  door,
  began,
}) => {
  const { key } = await issue(AUTOMATIC);
  const proxy = await TestProxy.open();
  began.atEnd(() => proxy.close());
  const data = newAgentFolder();
  const keyFile = join(newAgentFolder(), "key");
  writeFileSync(keyFile, `> SLK: ${key.slice(0, 70)}\n> ${key.slice(70)}\n`);
  const options = ["--proxy", proxy.url("acme"), "--key-file", keyFile];
  const secrets = { SIGNET_PROXY_PASSWORD: "open sesame", SIGNET_TOKEN: "let-me-in" };
  const start = (...more: string[]) => began.agent(door, { data, options: [...options, ...more], secrets });

  const agent = await start();
  await expect.poll(async () => (await agent.call("GET", "/ready")).status).toBe(200);
  const { source } = (await agent.call("GET", "/v1/license")).body;
  expect(await agent.stop()).toBe(0);

  truncateSync(join(data, "agent.mdb"), 4096);
  await expect(start()).rejects.toThrow(/The agent can't start\. The local store .* is damaged: .*--reset/);
  const afresh = await start("--reset");
  await expect.poll(async () => (await afresh.call("GET", "/ready")).status).toBe(200);
  expect((await afresh.call("GET", "/v1/license")).body.source).not.toBe(source);
  expect(readdirSync(data)).toContainEqual(expect.stringMatching(/^agent\.mdb\.2/));
});

test("an agent connects through tinyproxy with a password, also with CONNECT", async ({
  issue,
  door,
  began,
}) => {
  test.skip(!hasTinyproxy(), "tinyproxy is not installed");
  const { key } = await issue(SEATS);
  const { port, stop } = await startTinyproxy();
  began.atEnd(stop);
  const tls = selfSigned();
  const link = await began.link(door, tls);
  const ca = join(newAgentFolder(), "ca.pem");
  writeFileSync(ca, tls.cert);
  const entered = async (backend: string, word: string, ...more: string[]) => {
    const options = ["--proxy", `http://acme:${word}@127.0.0.1:${port}`, ...more];
    const agent = await began.agent(backend, { options });
    return (await enterKey(agent, key)).status;
  };
  expect(await entered(door, "opensesame")).toBe(200);
  expect(await entered(link.url, "opensesame", "--ca", ca)).toBe(200);
  expect(await entered(link.url, "wrong", "--ca", ca)).toBe(503);
});

test("an agent restored from a copy of its folder counts nothing twice, and the console reports it", async ({
  issue,
  door,
  api,
  began,
}) => {
  const { key, number } = await issue(SEATS);
  const first = await began.agent(door);
  await enterKey(first, key);
  await chargeMinutes(first, 6, "1");
  await syncNow(first);
  await first.stop();
  const copy = newAgentFolder();
  cpSync(first.data, copy, { recursive: true });

  const lost = await began.agent(door, { data: first.data });
  for (const session of ["2", "3"]) {
    await chargeMinutes(lost, 6, session);
    await syncNow(lost);
  }
  expect(await totalOf(api, number)).toBe(18);
  await lost.stop();
  rmSync(first.data, { recursive: true });

  const back = await began.agent(door, { data: copy });
  await syncNow(back);
  expect(await chargeMinutes(back, 6, "4")).toMatchObject({ granted: true, charged: 6, total: 24 });
  expect((await syncNow(back)).body.waiting).toEqual({ patches: 0, minutes: 0 });
  expect(await totalOf(api, number)).toBe(24);
  expect(await deploymentsOf(api, number)).toMatchObject([{ suspicions: ["sequence-behind"] }]);
});

/** Three pages of a snapshot, and ten in `npm run test:all`. */
const MANY = process.env.SIGNET_TEST === "all" ? 45_001 : 10_001;

test("a snapshot of many pages arrives completely", async ({ issue, door, began }) => {
  const license = await issue({ allotments: [seats(46_000)] });
  const sent = await assignMany(license, MANY);
  const agent = await began.agent(door);
  await enterKey(agent, license.key);
  const { body } = await syncNow(agent);
  expect(body.seats).toEqual([{ allotment: "professional", units: 46_000, assigned: sent }]);
  expect(await requestAccess(agent, `user ${sent - 1}`)).toMatchObject({ granted: true });
  expect(await requestAccess(agent, "user 0")).toMatchObject({ granted: true });
  expect(await requestAccess(agent, `user ${sent}`)).toEqual({ granted: false, reason: "NOT_ASSIGNED" });
});

/** Assigns seats to this many users, from another deployment. */
async function assignMany({ site, number }: Licensed, count: number): Promise<number> {
  const bases = [{ license: number, version: 1 }];
  for (let from = 0; from < count; from += 5000) {
    const names = Array.from({ length: Math.min(5000, count - from) }, (_, index) => `user ${from + index}`);
    const patches = names.map((name) => newPatch(number, subject(name)));
    const { status, body } = await sync(site, { source: "filler", bases, patches });
    expect([status, body.patches.filter(({ rejection }) => rejection)]).toEqual([200, []]);
    bases[0] = body.bases[0] ?? { license: number, version: 1 };
  }
  return count;
}

test("an agent works while its server is down, reports once afterwards, and follows a restored server", async ({
  began,
}, { project }) => {
  const stored = await startOn[project.name as StoreName]();
  began.atEnd(stored.remove);
  const link = await began.link(stored.server.door);
  const serve = async (server: RunningServer) => {
    began.atEnd(server.kill);
    link.redirect(server.door);
    const api = await ownerOf(server);
    began.atEnd(() => api.dispose());
    return { api, stop: server.stop };
  };
  const nothing = { patches: 0, minutes: 0 };

  const first = await serve(stored.server);
  const { key, number } = await issueLicense(first.api, AUTOMATIC);
  const agent = await began.agent(link.url);
  await enterKey(agent, key);
  await requestAccess(agent, "bob");
  await chargeMinutes(agent, 6, "1");
  await syncNow(agent);
  expect(await first.stop()).toBe(0);
  const restore = await stored.backup();

  expect(await requestAccess(agent, "bob")).toMatchObject({ granted: true });
  expect(await requestAccess(agent, "eve")).toMatchObject({ granted: true });
  expect(await chargeMinutes(agent, 6, "2")).toMatchObject({ granted: true, charged: 6, total: 12 });
  expect((await syncNow(agent)).status).toBe(503);

  const second = await serve(await startServer(stored.settings));
  for (const _ of ["settled", "and again"]) expect((await syncNow(agent)).body.waiting).toEqual(nothing);
  expect(await totalOf(second.api, number)).toBe(12);
  expect(await subjectsOf(second.api, number)).toEqual([subject("bob"), subject("eve")]);
  expect(await second.stop()).toBe(0);

  await restore();
  await promisify(execFile)(process.execPath, ["bin/signet.mjs", "restored"], {
    env: { NODE_ENV: "production", PATH: process.env.PATH, ...stored.settings },
  });
  const third = await serve(await startServer(stored.settings));
  expect((await syncNow(agent)).body).toMatchObject({ state: "ready", waiting: nothing });
  expect(await subjectsOf(third.api, number)).toEqual([subject("bob")]);
  expect(await requestAccess(agent, "bob")).toMatchObject({ granted: true });
  expect(await requestAccess(agent, "max")).toMatchObject({ granted: true });
  await chargeMinutes(agent, 6, "3");
  expect((await syncNow(agent)).body.waiting).toEqual(nothing);
  expect(await totalOf(third.api, number)).toBe(12);
  expect(await deploymentsOf(third.api, number)).toMatchObject([{ suspicions: [] }]);
  expect(await third.stop()).toBe(0);
});
