import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { parseEnv } from "@/server/store/env";
import { store } from "@/server/store/store";
import { makeLicense, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { eventOf, happen, makeWebhook } from "@/server/testing/test-webhooks";
import { deliverTurn } from "@/server/webhooks/delivery-turn";
import { createChannel, listChannels, removeChannel, testChannel } from "./channels";
import { evaluateAlerts } from "./evaluation";
import { sendAlerts } from "./sending";

vi.stubEnv("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8");
useStore();
afterAll(() => vi.unstubAllEnvs());

const ORIGIN = "https://signet.example";
const settings = parseEnv({ PUBLIC_URL: ORIGIN, DATA_DIR: "x" });
const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

/** A receiver of incoming webhooks, and what it received. */
async function receiver(status: () => number = () => 200) {
  const received: { path: string; body: { text?: string; attachments?: object[] } }[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    received.push({ path: request.url ?? "", body });
    response.writeHead(status()).end("ok");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0` };
}

const channel = (url: string, more: { kind?: "slack" | "teams"; customer?: string } = {}) =>
  createChannel({ name: "#licenses", kind: "slack", customer: null, ...more, url }, SYSTEM, NOW);

async function fullLicense() {
  const license = await makeLicense({ allotments: [seats("analyzer", 10)] });
  await store().db.allotment.updateMany({ where: { licenseNumber: license.number }, data: { live: 10 } });
  return license;
}

test("a new alert is posted once to Slack and to Teams, the worst of a series alone", async () => {
  const { received, url } = await receiver();
  const made = [await channel(url), await channel(`${url}/teams`, { kind: "teams" })];
  const { number, customer } = await fullLicense();
  await evaluateAlerts(NOW);
  await Promise.all([sendAlerts(NOW, settings), sendAlerts(NOW, settings)]);
  await sendAlerts(after(5), settings);
  const [slack, teams, ...more] = received.toSorted((one, other) => one.path.length - other.path.length);
  expect(more).toEqual([]);
  expect(slack?.body.text).toBe(
    `*<${ORIGIN}/licenses/${number}/assignments?allotment=analyzer|No seats left>* analyzer: 10 of 10 seats taken\n${customer.name}, ${number.replace(/(\d{4})(?=\d)/g, "$1 ")}`,
  );
  expect(teams?.body.attachments).toHaveLength(1);
  const { items } = await listChannels({ limit: 10 });
  expect(items.map(({ lastSent, lastError }) => [lastSent, lastError])).toEqual([
    [NOW, null],
    [NOW, null],
  ]);
  for (const { id } of made) await removeChannel(id, SYSTEM, NOW);
});

test("a channel of one customer gets only that customer's alerts", async () => {
  const { received, url } = await receiver();
  const [own, other] = [await fullLicense(), await fullLicense()];
  const { id } = await channel(url, { customer: own.customer.id });
  await evaluateAlerts(NOW);
  await sendAlerts(NOW, settings);
  expect(received).toHaveLength(1);
  expect(received[0]?.body.text).toContain(own.customer.name);
  expect(received[0]?.body.text).not.toContain(other.customer.name);
  await removeChannel(id, SYSTEM, NOW);
});

test("a post that fails is tried again, and its reason is shown until then", async () => {
  let status = 500;
  const { received, url } = await receiver(() => status);
  const { id } = await channel(url);
  await fullLicense();
  await evaluateAlerts(NOW);
  await sendAlerts(NOW, settings);
  const errorOf = async () => (await listChannels({ limit: 1 })).items[0]?.lastError;
  expect(await errorOf()).toBe("HTTP 500");
  status = 200;
  await sendAlerts(after(1), settings);
  await sendAlerts(after(2), settings);
  expect([received.length, await errorOf()]).toEqual([2, null]);
  await removeChannel(id, SYSTEM, NOW);
});

test("what waits for a channel that was removed isn't posted", async () => {
  const { received, url } = await receiver();
  const { id } = await channel(url);
  await fullLicense();
  await evaluateAlerts(NOW);
  await removeChannel(id, SYSTEM, NOW);
  await sendAlerts(NOW, settings);
  expect(received).toEqual([]);
});

test("a test message is posted at once", async () => {
  const { received, url } = await receiver();
  const { id } = await channel(url);
  expect(await testChannel(id, SYSTEM, NOW)).toMatchObject({ lastError: null, lastSent: NOW });
  expect(received[0]?.body.text).toContain("Alerts arrive here");
});

test("the URL is stored encrypted, and no channel has it", async () => {
  const made = await channel("https://hooks.slack.example/services/T0/B0/secret");
  expect(made.host).toBe("hooks.slack.example");
  expect(JSON.stringify(made)).not.toContain("secret");
  const row = await store().db.alertChannel.findUniqueOrThrow({ where: { id: made.id } });
  expect(Buffer.from(row.sealed).toString()).not.toContain("secret");
});

test.each([
  "http://example.com/x",
  "ftp://example.com",
  "no url",
  "https://ana:pass@example.com/x",
  "https://10.0.0.1/x",
])("%s is refused as a URL", async (url) => {
  vi.stubEnv("WEBHOOK_ALLOWED_NETWORKS", "");
  globalThis.signetState?.delete("env");
  await expect(channel(url)).rejects.toMatchObject({ code: "INVALID_BODY", faults: [{ pointer: "/url" }] });
  vi.stubEnv("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8");
  globalThis.signetState?.delete("env");
});

test("a webhook whose receiver answers 410 is announced as disabled, with the reason", async () => {
  const gone = await receiver(() => 410);
  const { id } = await makeWebhook({ url: gone.url, name: "Billing", types: ["expired"] });
  await happen([eventOf("expired", (await makeLicense()).number)]);
  await deliverTurn(id, { clock: () => NOW });
  expect(gone.received).toHaveLength(1);
  const { received, url } = await receiver();
  await channel(url);
  await evaluateAlerts(NOW);
  const alert = await store().db.alert.findFirstOrThrow({
    where: { kind: "webhook.failing", data: { path: ["webhook"], equals: id } },
  });
  expect(alert.data).toMatchObject({ name: "Billing", disabled: true, reason: "gone" });
  await sendAlerts(NOW, settings);
  expect(received[0]?.body.text).toContain(
    "The webhook “Billing” was disabled: the receiver answered that it is gone (410)",
  );
});
