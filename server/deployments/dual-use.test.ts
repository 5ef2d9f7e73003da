import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type DualUseState, MOST_WAITING } from "@/domain/dual-use";
import { DAY } from "@/domain/month";
import { SYSTEM } from "@/server/access/actor";
import { readConsumption } from "@/server/consumption/consumption";
import {
  changeDualUseOffer,
  listDualUseOffers,
  offerDualUse,
  withdrawDualUseOffer,
} from "@/server/dual-use/dual-use-offers";
import {
  acceptDualUse,
  listDualUseRequests,
  rejectDualUse,
  withdrawDualUse,
} from "@/server/dual-use/dual-use-requests";
import type { OfferTerms } from "@/server/dual-use/dual-use-terms";
import { changeLicense } from "@/server/licenses/license-changes";
import { licenseHealthOf } from "@/server/overview/license-summaries";
import { store } from "@/server/store/store";
import { licenseWithKey, type TestCaller } from "@/server/testing/test-callers";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { month, reportOne } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { patchFor, sync } from "@/server/testing/test-syncs";
import { activate, readDefinition } from "./activations";
import { callValues, readingStatement } from "./call-statement";
import { forgetDeployment } from "./deployments";

useStore();

const later = (days: number) => new Date(NOW.getTime() + days * DAY);
const allotments = [
  seats("analyzer", 3),
  { ...seats("professional", 2), products: ["QV"] },
  minutes("analyzer_time", 100),
];

/** A license of QSEfW with an offer of dual use, and a QV deployment that asks. */
async function offered(terms: Partial<OfferTerms> = {}) {
  const license = await licenseWithKey({ allotments: allotments });
  const { number, call } = license;
  const offer = (more: Partial<OfferTerms> = {}) =>
    offerDualUse(
      number,
      { products: ["QV"], deployments: null, until: null, note: "", ...more },
      SYSTEM,
      NOW,
    );
  const first = await offer(terms);
  const ask = async (caller: TestCaller = call({ product: "QV" }), now = NOW) => {
    await expect(activate(caller, "Initial", now)).rejects.toMatchObject({ code: "DUAL_USE_REQUIRED" });
    const request = (await listDualUseRequests(number, { limit: 100 })).items.find(
      ({ source }) => source === caller.source,
    );
    if (!request) throw new Error("There is no request.");
    return { caller, id: request.id, request };
  };
  return { ...license, first, offer, ask };
}

/** Every call of a product except the activation; each returns, or is refused with a code. */
async function callsOf(caller: TestCaller, now = NOW): Promise<string[]> {
  const calls = [
    () => readDefinition(caller, now),
    () => reportOne(caller, 1, {}, now),
    () => readConsumption(caller, month, now),
    () => sync(caller, [], { now }),
    () => sync(caller, [patchFor(caller.key.license, "acme\\eve")], { now }),
  ];
  const codes: string[] = [];
  for (const call of calls)
    codes.push(
      await call().then(
        () => "",
        ({ code }) => code,
      ),
    );
  return [...new Set(codes)];
}

test("a deployment asks, is accepted, and shares the users and allotments of its product", async () => {
  const { number, call, ask, first } = await offered();
  const own = call();
  await sync(own, [patchFor(number, "acme\\bob")]);
  const { caller, id, request } = await ask();
  expect(request).toMatchObject({
    ...{ state: "waiting", product: "QV", version: "1.6.4", os: "windows", address: "192.0.2.7" },
    ...{ first: NOW, last: NOW, offer: null, decided: null },
  });
  expect(await callsOf(caller)).toEqual(["DUAL_USE_REQUIRED"]);
  expect(await store().db.deployment.count({ where: { license: number } })).toBe(1);

  expect(await acceptDualUse(number, id, SYSTEM, NOW)).toMatchObject({ state: "accepted", offer: first.id });
  const reply = await activate(caller, "Initial", NOW);
  expect(reply.definition.allotments).toEqual(allotments);
  const { patches } = await sync(caller, [patchFor(number, "ACME\\Bob"), patchFor(number, "acme\\eve")]);
  expect(patches).toMatchObject([
    { subject: "acme\\bob", rejection: "" },
    { subject: "acme\\eve", rejection: "" },
  ]);
  const live = { licenseNumber: number, key: "analyzer" };
  expect(await store().db.allotment.findFirst({ where: live })).toMatchObject({ live: 2 });
  expect(await reportOne(caller, 5)).toMatchObject({ total: 5 });
  expect(await callsOf(caller)).toEqual([""]);
  expect(await callsOf(call({ product: "QV" }))).toEqual(["DUAL_USE_REQUIRED"]);
  expect(await callsOf(own)).toEqual([""]);
});

test("a rejection has its reason, a withdrawal stops the deployment, and either can be accepted later", async () => {
  const { number, ask } = await offered();
  const { caller, id } = await ask();
  const reject = (reason: string) => rejectDualUse(number, id, reason, SYSTEM, NOW);
  expect(await reject("Not this one.")).toMatchObject({ state: "rejected", reason: "Not this one." });
  await expect(activate(caller, "Initial", NOW)).rejects.toMatchObject({
    ...{ code: "DUAL_USE_REJECTED", detail: expect.stringContaining("Not this one.") },
  });
  expect(await callsOf(caller)).toEqual(["DUAL_USE_REJECTED"]);
  expect(await reject("Not this one.")).toMatchObject({ state: "rejected" });
  await expect(reject("Another reason.")).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  await expect(withdrawDualUse(number, id, SYSTEM, NOW)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });

  expect(await acceptDualUse(number, id, SYSTEM, NOW)).toMatchObject({ state: "accepted", reason: null });
  await sync(caller, [patchFor(number, "acme\\bob")]);
  await expect(reject("Too late.")).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  await withdrawDualUse(number, id, SYSTEM, NOW);
  expect(await callsOf(caller)).toEqual(["DUAL_USE_WITHDRAWN"]);
  await expect(activate(caller, "Update", NOW)).rejects.toMatchObject({ code: "DUAL_USE_WITHDRAWN" });
  const live = { license: number, deleted: null };
  expect(await store().db.assignment.count({ where: live })).toBe(1);
  await acceptDualUse(number, id, SYSTEM, NOW);
  expect(await callsOf(caller)).toEqual([""]);
});

test("withdrawing an offer withdraws its acceptances, and those of other offers stay", async () => {
  const { number, first, offer, ask } = await offered({ deployments: 1 });
  const [one, two, three] = [await ask(), await ask(), await ask()];
  await acceptDualUse(number, one.id, SYSTEM, NOW);
  const second = await offer();
  await acceptDualUse(number, two.id, SYSTEM, NOW);
  const accepted = (await listDualUseOffers(number, { limit: 100 }, NOW)).items.map((each) => [
    each.id,
    each.accepted,
  ]);
  expect(accepted).toEqual([
    [second.id, 1],
    [first.id, 1],
  ]);
  await withdrawDualUseOffer(number, first.id, SYSTEM, NOW);
  await withdrawDualUseOffer(number, first.id, SYSTEM, NOW);
  expect(await callsOf(one.caller)).toEqual(["DUAL_USE_WITHDRAWN"]);
  expect(await callsOf(two.caller)).toEqual([""]);
  expect(await callsOf(three.caller)).toEqual(["DUAL_USE_REQUIRED"]);
  await withdrawDualUseOffer(number, second.id, SYSTEM, NOW);
  expect(await callsOf(three.caller)).toEqual(["PRODUCT_NOT_LICENSED"]);
  await expect(acceptDualUse(number, three.id, SYSTEM, NOW)).rejects.toMatchObject({ code: "OFFER_ENDED" });
  const change = changeDualUseOffer(number, first.id, { note: "again" }, SYSTEM, NOW);
  await expect(change).rejects.toMatchObject({ code: "OFFER_ENDED" });
  const events = await store().db.auditEvent.findMany({
    where: { chain: number, action: { startsWith: "dual-use." } },
    orderBy: { sequence: "asc" },
  });
  expect(events.map(({ action, object }) => [action, object])).toEqual([
    ["dual-use.offered", first.id],
    ...[one, two, three].map(({ caller }) => ["dual-use.requested", caller.source]),
    ["dual-use.accepted", one.caller.source],
    ["dual-use.offered", second.id],
    ["dual-use.accepted", two.caller.source],
    ["dual-use.offer-withdrawn", first.id],
    ["dual-use.withdrawn", one.caller.source],
    ["dual-use.offer-withdrawn", second.id],
    ["dual-use.withdrawn", two.caller.source],
  ]);
});

test("a forgotten deployment frees its place on the offer", async () => {
  const { number, ask } = await offered({ deployments: 1 });
  const { caller, id } = await ask();
  const { id: next } = await ask();
  await acceptDualUse(number, id, SYSTEM, NOW);
  await activate(caller, "Initial", NOW);
  await forgetDeployment(number, String(caller.source), SYSTEM, later(31));
  expect((await listDualUseOffers(number, { limit: 100 }, later(31))).items).toMatchObject([{ accepted: 0 }]);
  expect(await callsOf(caller, later(31))).toEqual(["DUAL_USE_WITHDRAWN"]);
  expect(await acceptDualUse(number, next, SYSTEM, later(31))).toMatchObject({ state: "accepted" });
  const events = await store().db.auditEvent.findMany({
    where: { chain: number, action: { in: ["dual-use.withdrawn", "deployment.forgotten"] } },
  });
  expect(events).toMatchObject([
    { action: "deployment.forgotten", object: caller.source },
    { action: "dual-use.withdrawn", object: caller.source, details: { product: "QV", by: "forgetting" } },
  ]);
});

test("a waiting request needs attention while it can be accepted", async () => {
  const license = await offered({ until: "2026-08-25" });
  const requested = async (now: Date) => (await licenseHealthOf(license, now)).requested;
  expect(await requested(NOW)).toBeNull();
  await license.ask();
  const { id } = await license.ask();
  expect(await requested(NOW)).toEqual({ sites: 2, product: "QV", name: "192.0.2.7" });
  await acceptDualUse(license.number, id, SYSTEM, NOW);
  expect(await requested(later(1))).toMatchObject({ sites: 1 });
  expect(await requested(later(2))).toBeNull();
});

describe("an offer", () => {
  test("gives its last place once, however many accept at the same moment", async () => {
    const { number, ask } = await offered({ deployments: 1 });
    const requests = [await ask(), await ask(), await ask()];
    const settled = await Promise.allSettled(
      requests.map(({ id }) => acceptDualUse(number, id, SYSTEM, NOW)),
    );
    const refused = settled.flatMap((each) => (each.status === "rejected" ? [each.reason.code] : []));
    expect(refused).toEqual(["OFFER_FULL", "OFFER_FULL"]);
    const [accepted] = (await listDualUseRequests(number, { state: "accepted", limit: 100 })).items;
    await withdrawDualUse(number, accepted?.id ?? "", SYSTEM, NOW);
    const [waiting] = (await listDualUseRequests(number, { state: "waiting", limit: 100 })).items;
    expect(await acceptDualUse(number, waiting?.id ?? "", SYSTEM, NOW)).toMatchObject({ state: "accepted" });
  });

  test("can be accepted on its last day and not after it; accepted deployments stay", async () => {
    const { number, ask } = await offered({ until: "2026-08-25" });
    const [one, two] = [await ask(), await ask()];
    await acceptDualUse(number, one.id, SYSTEM, later(1));
    const refused = acceptDualUse(number, two.id, SYSTEM, later(2));
    await expect(refused).rejects.toMatchObject({ code: "OFFER_ENDED" });
    expect((await listDualUseRequests(number, { state: "waiting", limit: 100 })).items).toHaveLength(1);
    expect(await callsOf(one.caller, later(2))).toEqual([""]);
    expect(await callsOf(two.caller, later(2))).toEqual(["PRODUCT_NOT_LICENSED"]);
    const [ended] = (await listDualUseOffers(number, { limit: 100 }, later(2))).items;
    expect(ended).toMatchObject({ state: "open", ended: true, accepted: 1 });
    await changeDualUseOffer(number, ended?.id ?? "", { until: null }, SYSTEM, later(2));
    await acceptDualUse(number, two.id, SYSTEM, later(2));
  });

  test("changes for later acceptances only", async () => {
    const { number, first, ask } = await offered({ deployments: 2 });
    const [one, two] = [await ask(), await ask()];
    await acceptDualUse(number, one.id, SYSTEM, NOW);
    const change = (terms: Partial<OfferTerms>, still?: OfferTerms) =>
      changeDualUseOffer(number, first.id, terms, SYSTEM, NOW, { still });
    expect(await change({ deployments: 1, note: "order 4711" })).toMatchObject({
      ...{ deployments: 1, until: null, note: "order 4711", accepted: 1 },
    });
    await expect(acceptDualUse(number, two.id, SYSTEM, NOW)).rejects.toMatchObject({ code: "OFFER_FULL" });
    expect(await callsOf(one.caller)).toEqual([""]);
    const seen = { deployments: 2, until: null, note: "" };
    await expect(change({ note: "x" }, seen)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
    await expect(change({ until: "2026-08-23" })).rejects.toMatchObject({
      ...{ code: "INVALID_BODY", faults: [{ pointer: "/until" }] },
    });
  });

  test("is for products that the license doesn't have, and ends in the future", async () => {
    const { number, offer } = await offered();
    const own = offerDualUse(
      number,
      { products: ["QV", "QSEfW"], deployments: null, until: null, note: "" },
      SYSTEM,
      NOW,
    );
    await expect(own).rejects.toMatchObject({ code: "INVALID_BODY", faults: [{ pointer: "/products/1" }] });
    const past = offer({ until: "2026-08-23" });
    await expect(past).rejects.toMatchObject({ code: "INVALID_BODY", faults: [{ pointer: "/until" }] });
    expect((await listDualUseOffers(number, { limit: 100 }, NOW)).items).toHaveLength(1);
  });

  test("of another license isn't found", async () => {
    const [mine, theirs] = [await offered(), await offered()];
    const { id } = await theirs.ask();
    for (const refused of [
      () => acceptDualUse(mine.number, id, SYSTEM, NOW),
      () => withdrawDualUseOffer(mine.number, theirs.first.id, SYSTEM, NOW),
      () => changeDualUseOffer(mine.number, theirs.first.id, {}, SYSTEM, NOW),
    ])
      await expect(refused()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a request", () => {
  test("exists once for each source and product, however often it is made", async () => {
    const { number, call, ask } = await offered();
    const { caller, id } = await ask();
    await ask({ ...caller, version: "1.7.0", address: "192.0.2.8" }, later(1));
    expect((await listDualUseRequests(number, { limit: 100 })).items).toMatchObject([
      { id, version: "1.7.0", address: "192.0.2.8", first: NOW, last: later(1) },
    ]);
    const where = { chain: number, action: "dual-use.requested" };
    expect(await store().db.auditEvent.count({ where })).toBe(1);
    const nameless = { ...call({ product: "QV" }), source: null };
    await expect(activate(nameless, "Initial", NOW)).rejects.toMatchObject({
      ...{ code: "DUAL_USE_REQUIRED", detail: expect.stringContaining("source") },
    });
    expect((await listDualUseRequests(number, { limit: 100 })).items).toHaveLength(1);
  });

  test("isn't kept beyond the maximum that can wait, and waiting ones can still call", async () => {
    const { number, call, ask } = await offered();
    const { caller } = await ask();
    const { id, license, product, jti } = await store().db.dualUseRequest.findFirstOrThrow({
      where: { license: number },
    });
    const row = { license, product, jti, state: "waiting" as const, firstAt: NOW, lastAt: NOW };
    const ids = Array.from({ length: MOST_WAITING - 1 }, (_, i) => `${id.slice(0, -4)}${1000 + i}`);
    await store().db.dualUseRequest.createMany({
      data: ids.map((each) => ({ ...row, id: each, source: each })),
    });
    const refused = activate(call({ product: "QV" }), "Initial", NOW);
    await expect(refused).rejects.toMatchObject({
      ...{
        code: "DUAL_USE_REQUIRED",
        detail: expect.stringContaining(`${MOST_WAITING} deployments are already waiting`),
      },
    });
    expect((await listDualUseRequests(number, { state: "waiting", limit: 100 })).items).toHaveLength(
      MOST_WAITING,
    );
    await ask(caller, later(1));
  });

  test("isn't made if the license has the product, with or without an offer", async () => {
    const { number, ask, call } = await offered();
    const { caller } = await ask();
    await changeLicense(number, { products: ["QSEfW", "QV"] }, null, SYSTEM, NOW);
    expect(await callsOf(caller)).toEqual([""]);
    await activate(call({ product: "QV" }), "Initial", NOW);
    expect((await listDualUseRequests(number, { limit: 100 })).items).toHaveLength(1);
  });
});

const LAST_MOMENT = new Date("2026-11-28T23:59:59.999Z");
const rules: [state: DualUseState | null, ends: (string | null)[], code: string][] = [
  [null, [], "PRODUCT_NOT_LICENSED"],
  [null, ["2026-11-27"], "PRODUCT_NOT_LICENSED"],
  [null, ["2026-11-27", "2026-11-28"], "DUAL_USE_REQUIRED"],
  [null, [null], "DUAL_USE_REQUIRED"],
  ["waiting", [null], "DUAL_USE_REQUIRED"],
  ["waiting", ["2026-11-27"], "PRODUCT_NOT_LICENSED"],
  ["accepted", [], ""],
  ["rejected", [null], "DUAL_USE_REJECTED"],
  ["rejected", [], "DUAL_USE_REJECTED"],
  ["withdrawn", [null], "DUAL_USE_WITHDRAWN"],
  ["withdrawn", [], "DUAL_USE_WITHDRAWN"],
];

test.each(rules)("a call whose request is %j, with offers until %j, gets %j", async (state, ends, code) => {
  const { number: license, call } = await licenseWithKey({ allotments });
  const caller = call({ product: "QV" });
  for (const until of ends)
    await offerDualUse(license, { products: ["QV"], deployments: null, until, note: "" }, SYSTEM, NOW);
  const { source, key } = caller;
  const times = { firstAt: NOW, lastAt: NOW };
  if (state)
    await store().db.dualUseRequest.create({
      data: { id: randomUUID(), license, source, product: "QV", jti: key.jti, state, ...times },
    });
  expect(await callsOf(caller, LAST_MOMENT)).toEqual([code]);
});

type PlanNode = { "Relation Name"?: string; "Actual Loops": number; Plans?: PlanNode[] };

/** How often the admission of a call read each table of dual use. */
async function readsOf(caller: TestCaller): Promise<Record<string, number>> {
  const { text } = readingStatement("");
  const [row] = await store().sql.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
    { name: "explain", text: `EXPLAIN (ANALYZE, FORMAT JSON) ${text}` },
    callValues(caller, NOW),
  );
  const nodes = ({ Plans = [], ...node }: PlanNode): PlanNode[] => [node, ...Plans.flatMap(nodes)];
  const read = (row?.["QUERY PLAN"] ?? []).flatMap(({ Plan }) => nodes(Plan));
  return Object.fromEntries(
    ["dual_use_request", "dual_use_offer"].map((table) => {
      const loops = read
        .filter((node) => node["Relation Name"] === table)
        .map((node) => node["Actual Loops"]);
      return [table, loops.reduce((sum, count) => sum + count, 0)];
    }),
  );
}

test("a call for a product of the license's own reads no table of dual use", async () => {
  const { call } = await offered();
  expect(await readsOf(call())).toEqual({ dual_use_request: 0, dual_use_offer: 0 });
  expect(await readsOf(call({ product: "QV" }))).toEqual({ dual_use_request: 1, dual_use_offer: 1 });
});
