import { expect, test } from "vitest";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import { verifyChain } from "@/server/audit/chain";
import { activate } from "@/server/deployments/activations";
import { createToken, principalOfToken } from "@/server/identity/tokens";
import { createSampleCustomers } from "@/server/licenses/customers";
import { copyLicense } from "@/server/licenses/license-copies";
import { createLicense, type NewLicense } from "@/server/licenses/licenses";
import { runCheck } from "@/server/maintenance/check";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { keyOf, licenseWithKey } from "@/server/testing/test-callers";
import { minutes, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { makePerson } from "@/server/testing/test-people";
import { element, report } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { patchFor, sync } from "@/server/testing/test-syncs";
import { tracesOf } from "@/server/testing/test-traces";
import { makeWebhook } from "@/server/testing/test-webhooks";
import { sampleNumbers } from "./plan";
import { findSample, removeSample } from "./sample-removal";

useStore();

const ANA = { kind: "user" as const, id: "ana" };
const [told = ""] = sampleNumbers();
const allotments = [seats("analyzer", 3), minutes("analyzer_time", 100)];

async function use(number: string, ...subjects: string[]): Promise<void> {
  const caller = (await keyOf(number))({ source: "hamburg" });
  await activate(caller, "Initial", NOW);
  await report(caller, [element(6)]);
  await sync(
    caller,
    subjects.map((subject) => patchFor(number, subject)),
  );
}

async function makeSample(subject: string): Promise<void> {
  await createSampleCustomers(["Nordlicht", "Castellan"], ANA, NOW);
  const bought: Omit<NewLicense, "customer"> = { product: "QSEfW", allotments };
  await createLicense({ ...bought, customer: "Nordlicht", number: told }, ANA, NOW);
  await use(told, subject);
}

const namesIn = async (license: string) =>
  (await liveSeats(license)).sorted("folded").map(({ subject }) => subject);

test("the numbers of the sample can be given again, without any previous user", async () => {
  await makeSample("nordlicht\\ada");
  expect(await namesIn(told)).toEqual(["nordlicht\\ada"]);
  await removeSample(ANA, NOW);
  await makeSample("nordlicht\\bob");
  expect(await namesIn(told)).toEqual(["nordlicht\\bob"]);
});

test("the sample in scope is counted, with the licenses that people created for its customers", async () => {
  const { id } = await store().db.customer.findFirstOrThrow({ where: { name: "Castellan" } });
  const made = await createLicense({ customer: id, product: "QV", allotments }, ANA, NOW);
  await makePerson("license-admin", { customers: [id] });
  expect(await findSample(OWNER)).toEqual({ customers: 2, licenses: 2, ownNumbers: [made.number] });
  const admin = { ...OWNER, role: "license-admin" as const, customers: [id] };
  expect(await findSample(admin)).toEqual({ customers: 1, licenses: 1, ownNumbers: [made.number] });
  expect(await findSample({ ...admin, customers: [] })).toBeNull();
});

test("the sample is removed with all its traces, and nothing of others with it", async () => {
  const own = await licenseWithKey({ allotments });
  await use(own.number, "acme\\ada");
  await copyLicense(told, ANA, NOW);
  const wanted = { name: "reader", role: "owner" as const, license: told };
  const { token } = await createToken(OWNER, wanted, ANA, NOW);
  const { id: castellan } = await store().db.customer.findFirstOrThrow({ where: { name: "Castellan" } });
  await makeWebhook({ url: "https://example.com/", customer: castellan });
  const kept = await makeWebhook({ url: "https://example.com/", customer: own.customer.id });
  const before = await tracesOf(own.number);

  await removeSample(ANA, NOW);
  const removals = await store().db.auditEvent.count({ where: { object: told, action: "license.removed" } });
  expect(removals).toBe(2);
  expect(await tracesOf(told)).toEqual(["api_token.license 1", "audit_event.object 2", "data_key.scope 2"]);
  expect(await tracesOf(own.number)).toEqual(before);
  expect(await store().db.license.count()).toBe(1);
  expect(await store().db.customer.count()).toBe(1);
  expect(await store().db.webhook.findMany({ select: { id: true } })).toEqual([{ id: kept.id }]);
  expect(await principalOfToken(token, NOW)).toBeNull();
  expect(await findSample(OWNER)).toBeNull();
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
  const [last, ...licenses] = await store().db.auditEvent.findMany({
    where: { chain: INSTALLATION, action: { in: ["license.removed", "installation.sample-removed"] } },
    orderBy: { sequence: "desc" },
    take: 3,
  });
  expect(last).toMatchObject({ object: INSTALLATION, details: { customers: ["Castellan", "Nordlicht"] } });
  const end = expect.stringMatching(/^[0-9a-f]{64}$/);
  for (const { details } of licenses)
    expect(details).toEqual({ customer: expect.any(String), events: expect.any(Number), end });
  expect(await verifyChain(INSTALLATION)).toMatchObject({ whole: true });
});
