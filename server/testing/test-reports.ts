import { readElement, type SentElement } from "@/domain/consumption/report";
import { recordConsumption } from "@/server/consumption/consumption";
import type { ReportResult } from "@/server/consumption/report-results";
import type { Caller } from "@/server/deployments/admission";
import { store } from "@/server/store/store";
import { licenseWithKey } from "./test-callers";
import { minutes, NOW as now, seats } from "./test-licenses";

/** The month of the tests. */
export const month = "2026-08";
const allotments = [
  minutes("analyzer_time", 100),
  { ...minutes("core_time", 50), overage: 0 },
  seats("analyzer", 5),
];
/** A license with two time allotments and one of seats. */
export const meteredLicense = (wanted = {}) => licenseWithKey({ allotments: allotments, ...wanted });

export const element = (consumption: number, more: SentElement = {}): SentElement => ({
  id: 1,
  allotment: "analyzer_time",
  month,
  consumption,
  ...more,
});

export const report = (caller: Caller, sent: SentElement[], at = now) =>
  recordConsumption({ caller, elements: sent.map((one) => readElement(one, at)), now: at });

/** The result of a report of one element. */
export async function reportOne(caller: Caller, consumption: number, more: SentElement = {}, at = now) {
  const [result] = await report(caller, [element(consumption, more)], at);
  if (!result || "error" in result) throw new Error(`Not booked: ${JSON.stringify(result)}`);
  return result satisfies ReportResult;
}

/** Everything that a report may leave behind. */
export const everythingOf = async (license: string) => {
  const { db } = store();
  const where = { license };
  return {
    usage: await db.usage.findMany({ where }),
    months: await db.usageMonth.findMany({ where }),
    days: await db.usageDay.findMany({ where, orderBy: { day: "asc" } }),
    deployments: await db.deployment.findMany({ where }),
  };
};
export const nothing = { usage: [], months: [], days: [], deployments: [] };
