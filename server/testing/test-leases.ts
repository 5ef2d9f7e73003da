import { randomUUID } from "node:crypto";
import { readElement, type SentElement } from "@/domain/consumption/report";
import { type LeaseItem, type LeaseItemError, readLease } from "@/domain/leases/lease-request";
import { recordWithLeases } from "@/server/consumption/leases/lease-booking";
import type { LeaseResult, LeaseValues } from "@/server/consumption/leases/lease-decisions";
import type { Caller } from "@/server/deployments/admission";
import type { NewLicense } from "@/server/licenses/licenses";
import { licenseWithKey, type TestCaller } from "./test-callers";
import { minutes, NOW as now, seats } from "./test-licenses";
import { element, month } from "./test-reports";

/** A bounded license with two time allotments and one of seats, whose callers can reserve minutes. */
export async function boundedLicense(wanted: Partial<NewLicense> = {}) {
  const { call, ...license } = await licenseWithKey({
    allotments: [minutes("analyzer_time", 300, 0), minutes("core_time", 60, "YES"), seats("analyzer", 5)],
    settings: { whenOffline: "bounded" },
    ...wanted,
  });
  return { ...license, call: (who = {}) => call({ features: ["leases"], ...who }) };
}

type Asked = { used?: number; reported?: number; want?: number; allotment?: string; month?: string };

export function leaseItem(run: string, sequence: number, asked: Asked & Record<string, unknown> = {}) {
  const sent = { id: 1, allotment: "analyzer_time", month, used: 0, reported: 0, want: 60, ...asked };
  return readLease({ ...sent, sequence }, run);
}

/** Reports, and asks for minutes in the same call. */
export function reportLeased(
  caller: Caller,
  sent: SentElement[],
  leases: (LeaseItem | LeaseItemError)[],
  at = now,
) {
  return recordWithLeases({ caller, elements: sent.map((one) => readElement(one, at)), leases, now: at });
}

/** A run of a deployment: it numbers its requests, and knows what it used and holds. */
export function runOf(caller: TestCaller, run = randomUUID()) {
  let [sequence, used, reported, report] = [0, 0, 0, 0];
  let lease: LeaseValues | undefined;
  const holding = () => (lease ? { lease: lease.lease, granted: lease.granted } : {});
  const self = {
    caller,
    run,
    get lease() {
      return lease;
    },
    use(count: number) {
      used += count;
    },
    async ask(want: number, at = now): Promise<LeaseResult> {
      sequence += 1;
      const item = leaseItem(run, sequence, { used, reported, want, ...holding() });
      const { leases } = await reportLeased(caller, [], [item], at);
      return self.take(leases[0]);
    },
    /** Reports what was used and asks for more, in one call. */
    async report(want: number, at = now): Promise<LeaseResult> {
      sequence += 1;
      report += 1;
      const sent = element(used - reported, { sequence: report, lease: lease?.lease });
      const item = leaseItem(run, sequence, { used, reported, want, ...holding() });
      const { leases } = await reportLeased(caller, [sent], [item], at);
      reported = used;
      return self.take(leases[0]);
    },
    take(result: LeaseResult | undefined): LeaseResult {
      if (!result) throw new Error("A request for a lease was not answered.");
      if (!("error" in result)) lease = result;
      return result;
    },
  };
  return self;
}
