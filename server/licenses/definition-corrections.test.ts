import { expect, test } from "vitest";
import { readElement } from "@/domain/consumption/report";
import type { Definition } from "@/domain/licenses/definition";
import { SYSTEM } from "@/server/access/actor";
import { readConsumption, recordConsumption } from "@/server/consumption/consumption";
import { monthUsage } from "@/server/consumption/usage";
import { previewDefinition } from "@/server/overview/definition-preview";
import { store } from "@/server/store/store";
import { licenseWithKey } from "@/server/testing/test-callers";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { correctDefinition } from "./definition-corrections";
import { definitionVersions } from "./definition-versions";
import { putDefinition } from "./license-definitions";

useStore();

const at = (minute: number) => new Date(NOW.getTime() + minute * 60_000);
const of = (count: number, overage: number | "YES" = 0): Definition => ({
  ...{ product: "QSEfW", valid: "", trial: false, parameters: [] },
  allotments: [minutes("analyzer_time", count, overage), seats("analyzer", 1)],
});

async function mistaken() {
  const license = await licenseWithKey({ allotments: of(100).allotments });
  const { number, call } = license;
  await putDefinition(number, of(20_000, "YES"), null, false, SYSTEM, at(1));
  const elements = [
    readElement({ id: 1, allotment: "analyzer_time", month: "2026-08", consumption: 70 }, NOW),
  ];
  await recordConsumption({ caller: call({ source: "warsaw" }), elements, now: at(2) });
  return license;
}

test("a mistake is corrected for the running month, for products and management alike", async () => {
  const { number, call } = await mistaken();
  const changed = {
    before: { quota: 20_000, overage: "YES" },
    after: { quota: 200, overage: 20 },
    reserved: 0,
  };
  const months = [
    { month: "2026-08", allotment: "analyzer_time", booked: 70, ...changed },
    { month: "2026-09", allotment: "analyzer_time", booked: 0, ...changed },
  ];
  const dry = await correctDefinition(number, of(200, 20), null, true, SYSTEM, at(3));
  expect(dry.months).toEqual(months);
  expect(
    await previewDefinition(number, of(200, 20), dry.version, { names: false, now: at(3) }).catch(String),
  ).toContain("VERSION_MISMATCH");
  const [inForce] = await definitionVersions(number, 1);
  const told = await previewDefinition(number, of(200, 20), inForce?.version ?? "", {
    names: false,
    now: at(3),
  });
  expect(told.correction).toEqual(months);
  expect((await correctDefinition(number, of(200, 20), null, false, SYSTEM, at(3))).months).toEqual(months);
  const [usage] = (await monthUsage(number, "2026-08", at(4))).allotments;
  expect(usage).toMatchObject({ quota: 200, overage: 20, total: 70 });
  expect(usage?.why.map(({ units, reason }) => [units, reason])).toEqual([
    [100, "SMALLER_CAP"],
    [20_000, "CORRECTED"],
    [200, "LARGEST_CAP"],
  ]);
  expect(await readConsumption(call(), "2026-08", at(4))).toMatchObject([
    { quota: 200, overage: 20, total: 70 },
  ]);
});

test("a correction is a version and an audit event of its own, and names the corrected version", async () => {
  const { number } = await mistaken();
  await correctDefinition(number, of(200), null, false, SYSTEM, at(3));
  const [correction, mistake, first] = await store().db.definition.findMany({
    where: { licenseNumber: number },
    orderBy: { effectiveFrom: "desc" },
  });
  expect([correction?.corrects, mistake?.corrects, first?.corrects]).toEqual([mistake?.id, null, null]);
  expect((await definitionVersions(number, 3)).map(({ isCorrection }) => isCorrection)).toEqual([
    true,
    false,
    false,
  ]);
  const [event] = await store().db.auditEvent.findMany({
    where: { chain: number },
    orderBy: { sequence: "desc" },
  });
  const details = { before: mistake?.version, after: correction?.version };
  expect(event).toMatchObject({ action: "definition.corrected", details });
});

test("the first definition of a license can't be corrected, nor a version that isn't in force", async () => {
  const { number, version } = await licenseWithKey({ allotments: of(100).allotments });
  const refused = correctDefinition(number, of(50), version, true, SYSTEM, at(1));
  await expect(refused).rejects.toMatchObject({ code: "NOTHING_TO_CORRECT" });
  expect(
    (await previewDefinition(number, of(50), version, { names: false, now: at(1) })).correction,
  ).toBeNull();
  await putDefinition(number, of(60), null, false, SYSTEM, at(1));
  const late = correctDefinition(number, of(50), version, false, SYSTEM, at(2));
  await expect(late).rejects.toMatchObject({ code: "VERSION_MISMATCH" });
});
