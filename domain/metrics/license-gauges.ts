import { capOf, type Grant } from "@/domain/consumption/quota";
import { sampleLine } from "./exposition";
import type { LicenseFigures } from "./license-figures";

/** A metric with one sample for each license, or for each of its allotments. */
export type LicenseGauge = { name: string; help: string; lines(license: LicenseFigures): string };

type Seats = LicenseFigures["seats"][number];
type Minutes = LicenseFigures["minutes"][number];

/**
 * The gauges of licenses. Labels are license numbers and names of allotments alone, so that their number is bounded.
 * Names follow the lint of `promtool check metrics`: time is in seconds, or has no unit in its name.
 */
export const LICENSE_GAUGES: readonly LicenseGauge[] = [
  seatGauge("units", "Seats of an allotment that are in force today.", ({ units }) => units),
  seatGauge("seats_taken", "Seats of an allotment that users hold.", ({ taken }) => taken),
  minuteGauge("time_consumption", "Minutes used in the running UTC month.", ({ total }) => total),
  minuteGauge("time_reserved", "Minutes of the running month that leases hold.", ({ reserved }) => reserved),
  minuteGauge("time_quota", "Minutes of the running month without overage.", ({ quota }) => quota),
  minuteGauge("time_overage", "Minutes allowed beyond the quota; +Inf without a cap.", (grant) =>
    unlimited(grant.overage === "YES" ? null : grant.overage),
  ),
  minuteGauge("time_cap", "Quota and overage together; +Inf without a cap.", (grant: Grant) =>
    unlimited(capOf(grant)),
  ),
  licenseGauge(
    "expiry_seconds",
    "Seconds until the end of validity, negative after it; absent without an end.",
    ({ endsIn }) => endsIn,
  ),
  {
    name: "signet_license_deployments",
    help: "Deployments by state; silent ones have not called for a day.",
    lines: ({ number, deployments }) =>
      Object.entries(deployments)
        .map(([state, value]) => sampleLine("signet_license_deployments", { license: number, state }, value))
        .join(""),
  },
  licenseGauge(
    "rejections",
    "Users whose assignment changes were rejected in the last 24 hours.",
    ({ rejections }) => rejections,
  ),
  licenseGauge("keys", "Signed license keys that are not revoked.", ({ keys }) => keys),
  licenseGauge(
    "audit_intact",
    "Whether the last verification found the audit chain intact; absent if it was never verified.",
    ({ verified }) => (verified ? Number(verified.isIntact) : null),
  ),
  licenseGauge(
    "audit_verified_timestamp_seconds",
    "When the audit chain was last verified.",
    ({ verified }) => (verified ? verified.at.getTime() / 1000 : null),
  ),
];

function licenseGauge(
  what: string,
  help: string,
  value: (license: LicenseFigures) => number | null,
): LicenseGauge {
  const name = `signet_license_${what}`;
  const lines = (license: LicenseFigures) => {
    const number = value(license);
    return number === null ? "" : sampleLine(name, { license: license.number }, number);
  };
  return { name, help, lines };
}

function seatGauge(what: string, help: string, value: (seats: Seats) => number): LicenseGauge {
  return allotmentGauge(what, help, ({ seats }) => seats, value);
}

function minuteGauge(what: string, help: string, value: (minutes: Minutes) => number): LicenseGauge {
  return allotmentGauge(what, help, ({ minutes }) => minutes, value);
}

function allotmentGauge<Row extends { allotment: string }>(
  what: string,
  help: string,
  rowsOf: (license: LicenseFigures) => readonly Row[],
  value: (row: Row) => number,
): LicenseGauge {
  const name = `signet_license_${what}`;
  const lines = (license: LicenseFigures) => {
    let text = "";
    for (const row of rowsOf(license))
      text += sampleLine(name, { license: license.number, allotment: row.allotment }, value(row));
    return text;
  };
  return { name, help, lines };
}

function unlimited(minutes: number | null): number {
  return minutes ?? Number.POSITIVE_INFINITY;
}
