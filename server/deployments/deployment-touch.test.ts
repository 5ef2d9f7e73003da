import { expect, test } from "vitest";
import { PAGE } from "@/domain/assignments/sync";
import { DAY } from "@/domain/month";
import { syncAssignments } from "@/server/assignments/log/assignments";
import { store } from "@/server/store/store";
import { licenseWithKey } from "@/server/testing/test-callers";
import { NOW } from "@/server/testing/test-licenses";
import { element, report } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { baseOf, deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { activate, readDefinition } from "./activations";
import { findDeployment } from "./deployments";

useStore();

const later = (ms: number) => new Date(NOW.getTime() + ms);
const deploymentsOf = (license: string) => store().db.deployment.findMany({ where: { license } });

test("deployments are recorded at once when they activate, and by other calls once a minute unless something changed", async () => {
  const { number, call } = await licenseWithKey();
  const caller = call();
  await activate(caller, "Initial", NOW);
  expect(await deploymentsOf(number)).toMatchObject([
    {
      ...{ source: caller.source, jti: caller.key.jti, product: "QSEfW", version: "1.6.4", os: "windows" },
      ...{ address: "192.0.2.7", cause: "Initial", firstSeen: NOW, lastSeen: NOW },
    },
  ]);
  const lastSeen = async () => (await deploymentsOf(number)).map((row) => row.lastSeen);
  await readDefinition(caller, later(59_999));
  expect(await lastSeen()).toEqual([NOW]);
  await readDefinition(caller, later(60_000));
  expect(await lastSeen()).toEqual([later(60_000)]);
  await readDefinition({ ...caller, version: "1.7.0" }, later(60_001));
  expect(await lastSeen()).toEqual([later(60_001)]);
  await activate(caller, "Update", later(60_002));
  expect(await deploymentsOf(number)).toMatchObject([
    { cause: "Update", version: "1.6.4", firstSeen: NOW, lastSeen: later(60_002) },
  ]);
});

test("the last contact of a deployment never moves back, even if a clock does", async () => {
  const { number, call } = await licenseWithKey();
  const caller = call();
  await activate(caller, "Initial", NOW);
  await activate(caller, "Update", later(-5000));
  expect(await deploymentsOf(number)).toMatchObject([{ lastSeen: NOW }]);
});

test("no deployment is recorded for a call that names none", async () => {
  const { number, call } = await licenseWithKey();
  await activate({ ...call(), source: null }, "Initial", NOW);
  expect(await deploymentsOf(number)).toEqual([]);
});

test("a license has at most 10,000 deployments, and known ones can continue", async () => {
  const { number, call } = await licenseWithKey();
  const caller = call();
  await activate(caller, "Initial", NOW);
  await store().db.$executeRaw`INSERT INTO deployment (license, source, jti, first_seen, last_seen)
    SELECT ${number}, 'site ' || i, ${caller.key.jti}::uuid, ${NOW}, ${NOW} FROM generate_series(1, 9998) i`;
  await activate(call({ source: "the last one" }), "Initial", NOW);
  const refused = { code: "TOO_MANY_DEPLOYMENTS" };
  await expect(activate(call(), "Initial", NOW)).rejects.toMatchObject(refused);
  await expect(readDefinition(call(), NOW)).rejects.toMatchObject(refused);
  await activate(caller, "Update", NOW);
  expect(await deploymentsOf(number)).toHaveLength(10_000);
});

test("a deployment's base is that of its last response, not of its request", async () => {
  const { number, caller, add } = await deploymentOf();
  const standsAt = async () => (await findDeployment(number, caller.source, NOW))?.base;
  await add("bob");
  expect(await standsAt()).toBe(1);
  const base = baseOf(await sync(caller, [], { base: { version: 1 } }));
  await sync(caller, [patchFor(number, "eve"), patchFor(number, "max")], { base });
  expect(await standsAt()).toBe(3);
  await store().db.$executeRaw`
    INSERT INTO assignment (license, instance, allotment, subject_index, version, added_version, created, source, deleted)
    SELECT ${number}, n, 'analyzer', '', 3 + n, 3 + n, ${NOW}, 'other', ${NOW} FROM generate_series(1, ${PAGE + 2}) n`;
  await store().db.roster.update({ where: { license: number }, data: { version: 3 + PAGE + 2 } });
  const asked = { base: { version: 3 } };
  const first = await sync(caller, [], asked);
  expect([await standsAt(), typeof first.more]).toEqual([3, "string"]);
  await sync(caller, [], { ...asked, after: first.more });
  expect(await standsAt()).toBe(3 + PAGE + 2);
});

test("a deployment's record has the days of its calls, including the first call of each day", async () => {
  const { number, call } = await licenseWithKey();
  const caller = call();
  const midnight = new Date("2026-08-25T00:00:00Z").getTime();
  const at = (days: number, ms = 0) => new Date(midnight + days * DAY + ms);
  const marks = async (now: Date) => {
    const days = (await findDeployment(number, caller.source, now))?.contacts ?? [];
    return days.map(({ called }) => (called === null ? "?" : called ? "x" : ".")).join("");
  };
  await activate(caller, "Initial", at(0, -30_000));
  expect(await marks(at(0))).toBe("????????????x.");
  await readDefinition(caller, at(0, 29_000));
  expect(await marks(at(0))).toBe("????????????xx");
  await syncAssignments({ caller, base: null, after: null, patches: [], now: at(2) });
  await report(caller, [element(5)], at(2, 1000));
  expect(await marks(at(2))).toBe("??????????xx.x");
  await activate(caller, "Update", at(1));
  expect(await marks(at(2))).toBe("??????????xx.x");
  for (let day = 3; day < 20; day += 1) await readDefinition(caller, at(day));
  expect(await marks(at(19))).toBe("xxxxxxxxxxxxxx");
  await readDefinition(caller, at(60));
  expect(await marks(at(60))).toBe(".............x");
});
