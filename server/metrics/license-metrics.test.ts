import { afterEach, expect, test, vi } from "vitest";
import type { Definition } from "@/domain/licenses/definition";
import { DAY } from "@/domain/month";
import { SYSTEM } from "@/server/access/actor";
import { verifyOne } from "@/server/audit/verification";
import { writeEvents } from "@/server/events/outbox";
import { issueLicenseKey, revokeLicenseKey } from "@/server/keys/license-keys";
import { copyLicense } from "@/server/licenses/license-copies";
import { putDefinition } from "@/server/licenses/license-definitions";
import { store } from "@/server/store/store";
import { licenseWithKey } from "@/server/testing/test-callers";
import { boundedLicense, runOf } from "@/server/testing/test-leases";
import { makeLicense, minutes, NOW, seats } from "@/server/testing/test-licenses";
import { element, report } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { patchFor, sync } from "@/server/testing/test-syncs";
import { licenseMetrics } from "./license-metrics";

useStore();
afterEach(() => void vi.restoreAllMocks());

const withSeats = (count: number): Definition => ({
  ...{ product: "QSEfW", valid: "", trial: false, parameters: [] },
  allotments: count > 0 ? [seats("analyzer", count)] : [],
});

/** A later moment for each scrape, so that none is answered from memory. */
let scrapes = 0;
async function scrape(at = NOW): Promise<string> {
  scrapes += 1;
  return licenseMetrics(new Date(at.getTime() + scrapes * 20_000));
}

/** The samples of one license by metric and labels beside the license. */
function samplesOf(text: string, license: string): Record<string, number> {
  const samples = text
    .split("\n")
    .filter((line) => line.includes(`license="${license}"`))
    .map((line) => line.replace(`license="${license}"`, "").replace("signet_license_", ""))
    .map((line) => /^(\w+)\{,?([^}]*)\} (\S+)$/.exec(line) ?? [])
    .map(([, name, labels, value]) => [
      labels ? `${name} ${labels}` : name,
      Number(value?.replace("+Inf", "Infinity")),
    ]);
  return Object.fromEntries(samples);
}

test("a license's gauges tell what the console shows", async () => {
  const allotments = [
    seats("analyzer", 3),
    seats("professional", 2, "2026-09-01/."),
    minutes("analyzer_time", 100, 20),
    minutes("core_time", 50, "YES"),
  ];
  const { number, call } = await licenseWithKey({ allotments, valid: "./2026-08-25" });
  const [warsaw, berlin] = [call({ source: "warsaw" }), call({ source: "berlin" })];
  await report(warsaw, [element(42), element(6, { allotment: "core_time" })]);
  await sync(
    warsaw,
    ["mia", "tom", "eva", "ann"].map((subject) => patchFor(number, subject)),
  );
  await report(berlin, [element(6, { month: "2026-07" })], new Date(NOW.getTime() - 3 * DAY));
  const { jti } = await issueLicenseKey(number, "", SYSTEM, NOW);
  await revokeLicenseKey(jti, "leaked", SYSTEM, NOW);

  const samples = samplesOf(await scrape(), number);
  expect(samples.expiry_seconds).toBeGreaterThan(1.5 * 86_400 - 3600);
  expect(samples.expiry_seconds).toBeLessThan(1.6 * 86_400);
  delete samples.expiry_seconds;
  expect(samples).toEqual({
    'units allotment="analyzer"': 3,
    'units allotment="professional"': 0,
    'seats_taken allotment="analyzer"': 3,
    'seats_taken allotment="professional"': 0,
    'time_consumption allotment="analyzer_time"': 42,
    'time_consumption allotment="core_time"': 6,
    'time_reserved allotment="analyzer_time"': 0,
    'time_reserved allotment="core_time"': 0,
    'time_quota allotment="analyzer_time"': 100,
    'time_quota allotment="core_time"': 50,
    'time_overage allotment="analyzer_time"': 20,
    'time_overage allotment="core_time"': Number.POSITIVE_INFINITY,
    'time_cap allotment="analyzer_time"': 120,
    'time_cap allotment="core_time"': Number.POSITIVE_INFINITY,
    'deployments state="live"': 1,
    'deployments state="silent"': 1,
    rejections: 1,
    keys: 1,
  });
  expect(samplesOf(await scrape(new Date("2026-09-02T00:00:00Z")), number)).toMatchObject({
    'units allotment="professional"': 2,
    'time_consumption allotment="analyzer_time"': 0,
    'deployments state="live"': 0,
  });
});

test("what deployments reserve is told beside what is used", async () => {
  const { number, call } = await boundedLicense();
  await runOf(call()).ask(60);
  expect(samplesOf(await scrape(), number)).toMatchObject({
    'time_reserved allotment="analyzer_time"': 60,
    'time_reserved allotment="core_time"': 0,
    'time_consumption allotment="analyzer_time"': 0,
  });
});

test("every scrape is one statement, and reads definitions once a day and when they changed lately", async () => {
  const { number } = await makeLicense({ allotments: [seats("analyzer", 3)] });
  const query = vi.spyOn(store().sql, "query");
  const minutesOn = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
  const seen: unknown[] = [];
  const read = async (minutes: number, statements = 1) => {
    query.mockClear();
    const text = await licenseMetrics(minutesOn(minutes));
    expect(query).toHaveBeenCalledTimes(statements);
    const rows = (await query.mock.results.at(-1)?.value) as { number: string; eras: unknown[] | null }[];
    seen.push(rows.find((row) => row.number === number)?.eras?.length ?? null);
    return samplesOf(text, number)['units allotment="analyzer"'];
  };
  await read(60);
  expect(await read(61)).toBe(3);
  await putDefinition(number, withSeats(7), null, false, SYSTEM, minutesOn(61));
  expect(await read(62)).toBe(7);
  expect(await read(70)).toBe(7);
  expect(await read(80)).toBe(7);
  expect(await read(24 * 60)).toBe(7);
  expect(seen.slice(1)).toEqual([null, 2, 2, null, 2]);

  // A server whose clock is far behind saved it: then everything is read once more.
  await putDefinition(number, withSeats(9), null, false, SYSTEM, minutesOn(90));
  expect(await read(24 * 60 + 10, 2)).toBe(9);
  expect(await read(24 * 60 + 11)).toBe(9);
});

test("texts are kept for 15 seconds, and scrapes at the same time share one", async () => {
  const query = vi.spyOn(store().sql, "query");
  const now = new Date("2027-01-01T00:00:00Z");
  const texts = await Promise.all([licenseMetrics(now), licenseMetrics(now)]);
  await licenseMetrics(new Date(now.getTime() + 14_000));
  expect(query).toHaveBeenCalledTimes(1);
  await licenseMetrics(new Date(now.getTime() + 15_000));
  expect(query).toHaveBeenCalledTimes(2);
  expect(texts[0]).toBe(texts[1]);
});

test("a chain is intact, broken, or was never verified", async () => {
  const { number } = await makeLicense();
  const of = async () => samplesOf(await scrape(), number);
  expect(await of()).not.toHaveProperty("audit_intact");
  await verifyOne(number, SYSTEM, NOW);
  expect(await of()).toMatchObject({
    audit_intact: 1,
    audit_verified_timestamp_seconds: NOW.getTime() / 1000,
  });
  await store().db.auditEvent.updateMany({ where: { chain: number }, data: { actor: "eve" } });
  await verifyOne(number, SYSTEM, NOW);
  expect(await of()).toMatchObject({ audit_intact: 0 });
  await verifyOne("installation", SYSTEM, NOW);
  expect(await scrape()).toMatch(/^signet_installation_audit_intact 1$/m);
});

test("seats of a dropped allotment are still counted, and temporary copies aren't", async () => {
  const { number, call } = await licenseWithKey({ allotments: [seats("analyzer", 3)] });
  await sync(call(), [patchFor(number, "mia")]);
  await putDefinition(number, withSeats(0), null, false, SYSTEM, NOW);
  const copy = await copyLicense(number, { kind: "user", id: "ada" }, NOW);
  const text = await scrape();
  expect(samplesOf(text, number)).toMatchObject({
    'units allotment="analyzer"': 0,
    'seats_taken allotment="analyzer"': 1,
  });
  expect(samplesOf(text, copy.number)).toEqual({});
});

test("events that wait for their position are counted, with the age of the oldest", async () => {
  await store().db.waitingEvent.deleteMany();
  expect(await scrape()).toMatch(/^signet_event_outbox_depth 0$/m);
  const [before, at] = [90, 30].map((seconds) => new Date(NOW.getTime() - seconds * 1000));
  for (const time of [at, before])
    await writeEvents(store().sql, time ?? NOW, [{ type: "signing-key.rotated", data: {} }]);
  const text = await licenseMetrics(new Date(NOW.getTime() - 30_000));
  expect(text).toMatch(/^signet_event_outbox_depth 2$/m);
  expect(text).toMatch(/^signet_event_outbox_oldest_seconds 60$/m);
});

test("deliveries of webhooks are counted while an attempt is due, with the age of the oldest", async () => {
  const at = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
  expect(await licenseMetrics(at(100))).toMatch(/^signet_webhook_undelivered 0$/m);
  const id = () => crypto.randomUUID();
  const row = (createdAt: Date, dueAt: Date | null) =>
    ({ id: id(), webhook: id(), event: id(), type: "key.issued", createdAt, dueAt }) as const;
  const data = [row(at(600), null), row(at(300), at(60)), row(at(200), at(0))];
  await store().db.webhookDelivery.createMany({ data });
  const text = await licenseMetrics(at(60));
  expect(text).toMatch(/^signet_webhook_undelivered 2$/m);
  expect(text).toMatch(/^signet_webhook_oldest_undelivered_seconds 240$/m);
});

test("while the store is away the metrics say so, and nothing about licenses", async () => {
  vi.spyOn(store().sql, "query").mockRejectedValue(
    Object.assign(new Error("gone"), { code: "ECONNREFUSED" }),
  );
  const text = await scrape();
  expect(text).toMatch(/^signet_license_scrape_success 0$/m);
  expect(text).not.toContain("license=");
});
