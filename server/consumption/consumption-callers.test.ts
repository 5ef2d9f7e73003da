import { describe, expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { changeLicense } from "@/server/licenses/license-changes";
import { CALLERS_BY_REFUSAL, keyOf } from "@/server/testing/test-callers";
import { NOW as now } from "@/server/testing/test-licenses";
import { everythingOf, meteredLicense, month, nothing, reportOne } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { readConsumption } from "./consumption";

useStore();

describe("a refused caller leaves nothing behind", () => {
  test.each(CALLERS_BY_REFUSAL)("a caller is refused: %s", async (code, spoil) => {
    const { number, call } = await meteredLicense();
    const caller = call();
    await spoil(caller);
    await expect(reportOne(caller, 5, { sequence: 1 })).rejects.toMatchObject({ code });
    await expect(readConsumption(caller, month, now)).rejects.toMatchObject({ code });
    expect(await everythingOf(number)).toEqual(nothing);
  });

  test("a refused caller that shares its statement with others leaves nothing, and they are booked", async () => {
    const good = await meteredLicense();
    const bad = await meteredLicense();
    await changeLicense(bad.number, { status: "suspended" }, null, SYSTEM, now);
    const settled = await Promise.allSettled([
      reportOne(good.call(), 1),
      reportOne(bad.call(), 1),
      reportOne(good.call(), 1),
      reportOne(bad.call(), 1, { sequence: 1 }),
      reportOne(good.call(), 1),
    ]);
    expect(settled.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(await everythingOf(bad.number)).toEqual(nothing);
    expect(await reportOne(good.call(), 0)).toMatchObject({ total: 3 });
  });

  test("a key for another license than its own proves nothing", async () => {
    const [mine, theirs] = [await meteredLicense(), await meteredLicense()];
    const caller = mine.call();
    const forged = { ...caller, key: { ...caller.key, license: theirs.number } };
    await expect(reportOne(forged, 5)).rejects.toMatchObject({ code: "INVALID_KEY" });
    expect(await everythingOf(theirs.number)).toEqual(nothing);
  });
});

test("a report records its deployment, at most once a minute unless something changed", async () => {
  const { number, call } = await meteredLicense();
  const caller = call();
  const at = (ms: number) => new Date(now.getTime() + ms);
  const seen = async () =>
    (await everythingOf(number)).deployments.map(({ lastReport, os }) => [lastReport, os]);
  await reportOne(caller, 1);
  await reportOne(caller, 1, {}, at(59_999));
  expect(await seen()).toEqual([[now, "windows"]]);
  await reportOne(caller, 1, {}, at(60_000));
  expect(await seen()).toEqual([[at(60_000), "windows"]]);
  await reportOne({ ...caller, os: "linux" }, 1, {}, at(60_001));
  expect(await seen()).toEqual([[at(60_001), "linux"]]);
  await reportOne({ ...caller, os: null }, 1, {}, at(200_000));
  expect(await seen()).toEqual([[at(200_000), "linux"]]);
});

test("a deployment that comes with another key of the license is one deployment", async () => {
  const { number, call } = await meteredLicense();
  const caller = call();
  const renewed = (await keyOf(number))({ source: caller.source });
  await reportOne(caller, 1, { sequence: 1 });
  expect(await reportOne(renewed, 1, { sequence: 1 })).toMatchObject({ total: 1, duplicate: true });
  expect((await everythingOf(number)).deployments).toMatchObject([{ jti: renewed.key.jti }]);
});
