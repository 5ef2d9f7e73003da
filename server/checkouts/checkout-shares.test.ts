import { describe, expect, test } from "vitest";
import { DAY } from "@/domain/month";
import { SYSTEM } from "@/server/access/actor";
import { simulateAutoAssign } from "@/server/assignments/changes/auto-assign-simulation";
import { assignSeats } from "@/server/assignments/changes/seat-changes";
import { readConsumption } from "@/server/consumption/consumption";
import { monthUsage } from "@/server/consumption/usage";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";
import { putDefinition } from "@/server/licenses/license-definitions";
import { runCheck } from "@/server/maintenance/check";
import { purge } from "@/server/maintenance/purge";
import { store } from "@/server/store/store";
import { keyOf } from "@/server/testing/test-callers";
import { decoded, issue } from "@/server/testing/test-checkouts";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { element, month, report, reportOne } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { deletion, deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { downloadCheckout, listCheckouts, returnCheckout } from "./checkouts";

useStore();

const later = (ms: number) => new Date(NOW.getTime() + ms);
const seatsOf = (units: number) => [{ allotment: "analyzer", units }];
const minutesOf = (units: number) => [{ allotment: "Analyzer_Time", units }];
const people = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}\\${i}`);
const rejections = (added: { rejection: string }[]) => added.map(({ rejection }) => rejection);
const FULL = "NO_AVAILABLE_UNITS";

/** Four analyzer seats, of which a file to `mill` reserves two. */
async function mill(units = 4, share = 2) {
  const office = await deploymentOf([seats("analyzer", units), seats("professional", 1)]);
  const { id } = await issue(office.number, { source: "mill", shares: seatsOf(share) });
  const caller = office.call({ source: "mill" });
  const addThere = async (...subjects: string[]) =>
    (
      await sync(
        caller,
        subjects.map((subject) => patchFor(office.number, subject)),
      )
    ).patches.slice(0, subjects.length);
  return { ...office, id, addThere, millCaller: caller };
}

describe("seats", () => {
  test("others get the seats that no share reserves, the deployment its own share, in any order", async () => {
    const { add, addThere } = await mill();
    expect(rejections(await add(...people("office", 3)))).toEqual(["", "", FULL]);
    expect(rejections(await addThere(...people("mill", 3)))).toEqual(["", "", FULL]);
    const other = await mill();
    expect(rejections(await other.addThere(...people("mill", 3)))).toEqual(["", "", FULL]);
    expect(rejections(await other.add(...people("office", 3)))).toEqual(["", "", FULL]);
  });

  test("an admin counts as one of the others", async () => {
    const { number, add } = await mill();
    await add(...people("office", 2));
    const scope = { license: number, actor: SYSTEM, now: NOW };
    const { done, left } = await assignSeats(scope, ["acme\\eve"], "analyzer");
    expect([done, left]).toEqual([[], [expect.objectContaining({ code: FULL })]]);
    expect(left[0]?.sentence).toContain("2 of the 4 analyzer seats are reserved by signed definitions");
  });

  test("a seat that the deployment releases stays reserved for it, one of another site becomes free", async () => {
    const { add, addThere, caller, millCaller } = await mill();
    const [office] = await add(...people("office", 2));
    const [there] = await addThere(...people("mill", 2));
    if (!office || !there) throw new Error("They have no seats.");
    await sync(caller, [deletion(there)]);
    expect(rejections(await add("office\\late"))).toEqual([FULL]);
    expect(rejections(await addThere("mill\\late"))).toEqual([""]);
    await sync(millCaller, [deletion(office)]);
    expect(rejections(await add("office\\late"))).toEqual([""]);
    expect((await runCheck(() => {})).filter(({ broken }) => broken > 0)).toEqual([]);
  });

  test("a return or the end releases the share", async () => {
    const returned = await mill();
    await returnCheckout(returned.id, "", SYSTEM, NOW);
    expect(rejections(await returned.add(...people("office", 5)))).toEqual(["", "", "", "", FULL]);
    const ended = await mill();
    const at = later(90 * DAY);
    const patches = people("office", 5).map((subject) => patchFor(ended.number, subject));
    const { patches: results } = await sync(ended.caller, patches, { now: at });
    expect(rejections(results)).toEqual(["", "", "", "", FULL]);
  });

  test("a share that isn't free now is refused, and nothing is issued", async () => {
    const { number, add } = await mill(6);
    await add(...people("office", 3));
    await expect(issue(number, { shares: seatsOf(2) })).rejects.toMatchObject({ code: FULL, conflict: true });
    expect((await listCheckouts(number, { limit: 100 }, NOW)).items).toHaveLength(1);
    await issue(number, { shares: seatsOf(1) });
    expect(rejections(await add("office\\late"))).toEqual([FULL]);
  });

  test("a renewed file of the same site doesn't count twice, and takes over the seats it has", async () => {
    const { number, add, addThere } = await mill(4, 3);
    await addThere(...people("mill", 2));
    const renewed = await issue(number, { source: "mill", shares: seatsOf(3) });
    expect(rejections(await add(...people("office", 2)))).toEqual(["", FULL]);
    expect(rejections(await addThere("mill\\a", "mill\\b"))).toEqual(["", FULL]);
    await returnCheckout(renewed.id, "", SYSTEM, NOW);
    expect(rejections(await add("office\\late"))).toEqual([FULL]);
  });

  test("of many requests at once only as many shares are reserved as there are seats", async () => {
    const { number } = await deploymentOf([seats("analyzer", 5)]);
    const asked = await Promise.allSettled(
      Array.from({ length: 6 }, () => issue(number, { shares: seatsOf(2) })),
    );
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  });

  test("the console's preview counts only free seats", async () => {
    const { number, add } = await mill();
    await add(...people("office", 3));
    const [allotment] = (await allotmentsByLicense([number], NOW)).get(number) ?? [];
    expect(allotment).toMatchObject({ live: 2, units: 4, reserved: 2 });
    const effect = await simulateAutoAssign(number, { professional: false, analyzer: true }, NOW);
    expect(effect).toMatchObject({ people: 1, refused: 1 });
  });
});

describe("minutes", () => {
  const metered = [minutes("analyzer_time", 100), seats("analyzer", 1)];
  const totals = async (license: Awaited<ReturnType<typeof deploymentOf>>, source = "office", at = month) =>
    (await readConsumption(license.call({ source }), at, NOW))[0];

  test("others have less left, first of the quota and then of the overage, and the deployment has not", async () => {
    const license = await deploymentOf(metered);
    await issue(license.number, { source: "mill", shares: minutesOf(110) });
    expect(await totals(license)).toMatchObject({ quota: 0, overage: 10, remaining: 10, denied: false });
    expect(await totals(license, "mill")).toMatchObject({ quota: 100, overage: 20, remaining: 120 });
    const result = await reportOne(license.call(), 10);
    expect(result).toMatchObject({ total: 10, quota: 0, overage: 10, remaining: 0, denied: true });
    const [usage] = (await monthUsage(license.number, month, NOW)).allotments;
    expect(usage).toMatchObject({ quota: 100, overage: 20, total: 10, reserved: 110, remaining: 110 });
  });

  test("the deployment's usage comes out of its share, in each month that the share covers", async () => {
    const license = await deploymentOf(metered);
    await issue(license.number, { source: "mill", days: 20, shares: minutesOf(50) });
    await reportOne(license.call({ source: "mill" }), 30);
    expect(await totals(license)).toMatchObject({ total: 30, quota: 80, overage: 20, remaining: 70 });
    expect(await totals(license, "office", "2026-09")).toMatchObject({ quota: 50, overage: 20 });
    expect(await totals(license, "office", "2026-10")).toMatchObject({ quota: 100, overage: 20 });
    await reportOne(license.call({ source: "mill" }), 40);
    expect(await totals(license)).toMatchObject({ total: 70, quota: 100, overage: 20, remaining: 50 });
  });

  test("reports of several licenses in one statement each see their own shares", async () => {
    const [one, other] = [await deploymentOf(metered), await deploymentOf(metered)];
    await issue(one.number, { source: "mill", shares: minutesOf(50) });
    const call = await keyOf(one.number);
    const results = await Promise.all([
      report(call({ source: "a" }), [element(1)]),
      report(one.call({ source: "b" }), [element(1)]),
      report(other.call({ source: "c" }), [element(1)]),
    ]);
    expect(results.flat()).toMatchObject([{ quota: 50 }, { quota: 50 }, { quota: 100 }]);
  });

  test("a share that isn't free now is refused; without a cap every share is free", async () => {
    const license = await deploymentOf(metered);
    await reportOne(license.call(), 60);
    await issue(license.number, { shares: minutesOf(40) });
    await expect(issue(license.number, { shares: minutesOf(21) })).rejects.toMatchObject({ code: FULL });
    await issue(license.number, { shares: minutesOf(20) });
    const open = await deploymentOf([minutes("analyzer_time", 100, "YES")]);
    await issue(open.number, { shares: minutesOf(1000) });
    expect(await totals(open)).toMatchObject({ quota: 0, overage: "YES", denied: false });
  });
});

test("the file has exactly the shares and names its source, and nothing later changes it", async () => {
  const { number, version } = await deploymentOf([minutes("analyzer_time", 100), seats("analyzer", 5)]);
  const shares = [...seatsOf(2), ...minutesOf(30)];
  const { id, sld } = await issue(number, { shares });
  const { claims } = decoded(sld);
  const [{ source } = { source: null }] = (await listCheckouts(number, { limit: 100 }, NOW)).items;
  expect(claims).toMatchObject({ version, source, definition: { product: "QSEfW", parameters: [] } });
  expect(source).toMatch(/^[0-9a-f-]{36}$/);
  const minutesIn = { ...minutes("analyzer_time", 30), overage: undefined };
  expect(claims.definition.allotments).toEqual([seats("analyzer", 2), JSON.parse(JSON.stringify(minutesIn))]);
  const smaller = {
    product: "QSEfW",
    valid: "",
    trial: false,
    allotments: [seats("analyzer", 1)],
    parameters: [],
  };
  await putDefinition(number, smaller, null, false, SYSTEM, NOW);
  expect((await downloadCheckout(id, SYSTEM, NOW)).sld).toBe(sld);
});

test.each([
  ["UNKNOWN_ALLOTMENT", [{ allotment: "viewer", units: 1 }]],
  ["DUPLICATE_ALLOTMENT", [...seatsOf(1), { allotment: "ANALYZER", units: 1 }]],
])("%s names the share that is wrong", async (code, shares) => {
  const { number } = await deploymentOf();
  const faults = [
    expect.objectContaining({ code, pointer: expect.stringMatching(/^\/shares\/[01]\/allotment$/) }),
  ];
  await expect(issue(number, { shares })).rejects.toMatchObject({ code: "INVALID_BODY", faults });
});

test("the shares of ended checkouts are deleted, and a license without shares isn't searched", async () => {
  const { number } = await mill();
  const sharesUntil = async () => (await store().db.license.findUnique({ where: { number } }))?.sharesUntil;
  expect(await sharesUntil()).toEqual(later(90 * DAY));
  await purge(later(90 * DAY - 1000));
  expect(await store().db.checkoutShare.count({ where: { license: number } })).toBe(1);
  await purge(later(90 * DAY));
  expect(await store().db.checkoutShare.count({ where: { license: number } })).toBe(0);
  expect(await sharesUntil()).toBeNull();
});

test("a change of the definition lists what open checkouts still grant", async () => {
  const { number, definition, version } = await deploymentOf([seats("analyzer", 5)]);
  const put = () =>
    putDefinition(number, { ...definition, allotments: [seats("analyzer", 1)] }, version, true, SYSTEM, NOW);
  expect(await put()).not.toHaveProperty("promises");
  const shared = await issue(number, { label: "Mill", shares: seatsOf(2) });
  const whole = await issue(number, { label: "Mine", days: 7 });
  const gone = await issue(number, { label: "Port" });
  await returnCheckout(gone.id, "", SYSTEM, NOW);
  const told = {
    product: "QSEfW",
    label: "Mill",
    checkout: shared.id,
    expires: later(90 * DAY),
    shares: seatsOf(2),
  };
  expect((await put()).promises).toEqual([
    told,
    { ...told, label: "Mine", checkout: whole.id, expires: later(7 * DAY), shares: null },
  ]);
});
