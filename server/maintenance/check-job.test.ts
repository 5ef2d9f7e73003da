import { expect, test } from "vitest";
import { licenseMetrics } from "@/server/metrics/license-metrics";
import { store } from "@/server/store/store";
import { makeLicense, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { SQL_RULES } from "./check";
import { checkStore } from "./check-job";

useStore();

const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const RULES = SQL_RULES.filter(({ name }) => name === "seats-counted" || name === "tombstones");

async function samplesAt(minutes: number): Promise<string[]> {
  const text = await licenseMetrics(after(minutes));
  return text.split("\n").filter((line) => line.startsWith("signet_check_"));
}

test("the job keeps how many rows break each rule, for the metrics, and is done once in an hour", async () => {
  await makeLicense({ allotments: [seats("analyzer", 3)] });
  expect(await samplesAt(0)).toEqual([]);
  await checkStore(NOW, RULES);
  const whole = [
    `signet_check_timestamp_seconds ${NOW.getTime() / 1000}`,
    'signet_check_broken_rows{rule="seats-counted"} 0',
    'signet_check_broken_rows{rule="tombstones"} 0',
  ];
  expect(await samplesAt(1)).toEqual(whole);

  await store().db.$executeRaw`UPDATE allotment SET live = live + 1`;
  await checkStore(after(30), RULES);
  expect(await samplesAt(31)).toEqual(whole);
  await checkStore(after(60), RULES);
  expect(await samplesAt(61)).toContain('signet_check_broken_rows{rule="seats-counted"} 1');
});

test("a rule that can't be checked keeps its last result, and the others are checked", async () => {
  const rule = (name: string, looked: string) => ({ name, rule: name, looked });
  const whole = "SELECT '1' AS id, true AS ok";
  await checkStore(after(200), [rule("one", whole), rule("two", whole)]);
  await checkStore(after(300), [rule("one", "SELECT 1 / 0 AS id, true AS ok"), rule("two", whole)]);
  const kept = await store().db.storeCheck.findMany({ orderBy: { name: "asc" } });
  expect(kept).toEqual([
    { name: "one", broken: 0, at: after(200) },
    { name: "two", broken: 0, at: after(300) },
  ]);
});
