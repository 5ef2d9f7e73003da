import { expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { makeWebhook } from "@/server/testing/test-webhooks";
import { webhookTag } from "./webhook";
import {
  changeWebhook,
  createWebhook,
  listWebhooks,
  removeWebhook,
  rotateWebhookSecret,
  webhookById,
} from "./webhooks";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const url = "https://example.com/hooks?key=canary-in-url";
const adminOf = (...customers: string[]): Principal => ({
  ...OWNER,
  id: "eve",
  role: "license-admin",
  customers,
});
const ISSUER: Principal = { ...OWNER, id: "ivy", role: "issuer" };
const LATER = new Date(NOW.getTime() + 1000);

const auditOf = (object: string) =>
  store().db.auditEvent.findMany({ where: { object }, orderBy: { sequence: "asc" } });

test("a new endpoint gets every type under our prefix, and names no user", async () => {
  const { secret, ...webhook } = await makeWebhook({ url });
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(webhook).toEqual(await webhookById(OWNER, webhook.id, NOW));
  expect(webhook).toMatchObject({
    ...{ name: "Test", url, customer: null, types: [], typePrefix: "io.signet.license." },
    ...{ subjects: false, concurrency: 8, state: "active", disabledReason: null, failingSince: null },
  });
});

test("neither the secret nor the URL is in the audit, and the secret isn't stored in clear", async () => {
  const { id, secret } = await makeWebhook({ url });
  const rotated = await rotateWebhookSecret(OWNER, id, 24, SYSTEM, NOW);
  await changeWebhook(OWNER, id, { url: `${url}-2` }, SYSTEM, NOW);
  await removeWebhook(OWNER, id, SYSTEM, NOW);
  const events = await auditOf(id);
  expect(events.map(({ action }) => action)).toEqual([
    "webhook.created",
    "webhook.secret-rotated",
    "webhook.changed",
    "webhook.removed",
  ]);
  const told = JSON.stringify(events.map(({ details }) => details));
  for (const hidden of [secret, rotated.secret, "canary-in-url"]) expect(told).not.toContain(hidden);
  const other = await makeWebhook({ url });
  const row = await store().db.webhook.findUniqueOrThrow({ where: { id: other.id } });
  expect(Buffer.from(row.secret).toString("latin1")).not.toContain(other.secret.slice(6, 20));
});

test("an admin of customers sees and changes their endpoints only, and must name a customer", async () => {
  const ours = await makeLicense();
  const theirs = await makeLicense();
  const admin = adminOf(ours.customer.id);
  const all = await makeWebhook({ url });
  const other = await makeWebhook({ url, customer: theirs.customer.id });
  const own = await createWebhook(admin, { name: "Own", url, customer: ours.customer.id }, SYSTEM, NOW);
  const { items } = await listWebhooks(admin, { limit: 50 }, NOW);
  expect(items.map(({ id, customer }) => [id, customer])).toEqual([[own.id, ours.customer]]);
  for (const { id } of [all, other]) {
    await expect(webhookById(admin, id, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(changeWebhook(admin, id, { state: "paused" }, SYSTEM, NOW)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(rotateWebhookSecret(admin, id, 0, SYSTEM, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(removeWebhook(admin, id, SYSTEM, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  await expect(createWebhook(admin, { name: "All", url }, SYSTEM, NOW)).rejects.toMatchObject({
    faults: [{ pointer: "/customer" }],
  });
  const foreign = createWebhook(admin, { name: "Theirs", url, customer: theirs.customer.id }, SYSTEM, NOW);
  await expect(foreign).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a customer has at most 50 endpoints, also if some are created at once", async () => {
  const [{ customer }, other] = [await makeLicense(), await makeLicense()];
  const create = (id: string) => createWebhook(OWNER, { name: "Many", url, customer: id }, SYSTEM, NOW);
  for (let nth = 1; nth < 50; nth++) await create(customer.id);
  const results = await Promise.allSettled([create(customer.id), create(customer.id), create(customer.id)]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  await expect(create(customer.id)).rejects.toMatchObject({ code: "TOO_MANY_WEBHOOKS" });
  await create(other.customer.id);
});

test("who may not see users can't have them sent to, nor change where they are sent", async () => {
  const wanted = { name: "Users", url, subjects: true };
  const no = { code: "FORBIDDEN" };
  await expect(createWebhook(ISSUER, wanted, SYSTEM, NOW)).rejects.toMatchObject(no);
  const without = await createWebhook(ISSUER, { ...wanted, subjects: false }, SYSTEM, NOW);
  await expect(changeWebhook(ISSUER, without.id, { subjects: true }, SYSTEM, NOW)).rejects.toMatchObject(no);
  const named = await createWebhook(OWNER, wanted, SYSTEM, NOW);
  await expect(
    changeWebhook(ISSUER, named.id, { subjects: false, url: "https://other.example/" }, SYSTEM, NOW),
  ).rejects.toMatchObject(no);
  await expect(rotateWebhookSecret(ISSUER, named.id, 0, SYSTEM, NOW)).rejects.toMatchObject(no);
  expect(await webhookById(ISSUER, named.id, NOW)).toMatchObject({ subjects: true, url });
});

test.each([
  ["http://example.com/", "/url"],
  ["https://user:pass@example.com/", "/url"],
  ["no url", "/url"],
])("%s is refused at its field", async (wrong, pointer) => {
  await expect(makeWebhook({ url: wrong })).rejects.toMatchObject({
    code: "INVALID_BODY",
    faults: [{ pointer }],
  });
});

test("a change is refused if the endpoint was changed meanwhile, and one that changes nothing isn't recorded", async () => {
  const webhook = await makeWebhook({ url });
  const tag = webhookTag(webhook);
  await changeWebhook(OWNER, webhook.id, { name: "Test" }, SYSTEM, LATER, tag);
  expect(await auditOf(webhook.id)).toHaveLength(1);
  const changed = await changeWebhook(OWNER, webhook.id, { name: "Renamed" }, SYSTEM, LATER, tag);
  expect([changed.name, changed.updated]).toEqual(["Renamed", LATER]);
  const late = changeWebhook(OWNER, webhook.id, { name: "Late" }, SYSTEM, LATER, tag);
  await expect(late).rejects.toMatchObject({ code: "VERSION_MISMATCH", etag: webhookTag(changed) });
});

test.each([{ state: "active" as const }, { url: "https://example.com/new" }])(
  "%j starts with a clean slate",
  async (change) => {
    const { id } = await makeWebhook({ url });
    const failing = { failures: 9, failingSince: NOW, toldAt: NOW, restUntil: LATER };
    await store().db.webhook.update({
      where: { id },
      data: { ...failing, state: "disabled", disabledReason: "failing" },
    });
    const changed = await changeWebhook(OWNER, id, change, SYSTEM, LATER);
    const row = await store().db.webhook.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ failures: 0, failingSince: null, toldAt: null, restUntil: null });
    expect([changed.state, changed.disabledReason]).toEqual(
      change.state ? ["active", null] : ["disabled", "failing"],
    );
  },
);

test("a leaked secret is replaced without an overlap", async () => {
  const { id } = await makeWebhook({ url });
  expect((await rotateWebhookSecret(OWNER, id, 0, SYSTEM, NOW)).previousSecretUntil).toBe(null);
  const overlap = await rotateWebhookSecret(OWNER, id, 24, SYSTEM, NOW);
  expect(overlap.previousSecretUntil).toEqual(new Date(NOW.getTime() + 86_400_000));
  expect((await webhookById(OWNER, id, new Date(NOW.getTime() + 86_400_000))).previousSecretUntil).toBe(null);
});

test("the list is paged, newest first", async () => {
  const made = [];
  for (let nth = 0; nth < 3; nth++) made.unshift((await makeWebhook({ url })).id);
  const first = await listWebhooks(OWNER, { limit: 2 }, NOW);
  const second = await listWebhooks(OWNER, { limit: 1, cursor: first.cursor ?? undefined }, NOW);
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made);
});
