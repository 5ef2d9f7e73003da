import { type Grant, monthGrant } from "@/domain/consumption/quota";
import { type Era, nameKey, unitsInForce } from "@/domain/licenses/definition";
import { monthOf } from "@/domain/month";

/** What a license grants today: seats of an allotment, or minutes of the month. */
export type AllotmentGrant = { key: string; name: string } & (
  | { class: "assigned"; units: number }
  | ({ class: "time" } & Grant)
);

/** The stored counters of an allotment: live seats, and the minutes of the month that are used and that leases hold. */
export type AllotmentCount = { key: string; name: string; live: number; total: number; reserved: number };

/** The numbers of one license at one moment, as monitoring gets them. */
export type LicenseFigures = {
  number: string;
  /** Seconds until the end of validity, negative after it; null without an end. */
  endsIn: number | null;
  seats: { allotment: string; units: number; taken: number }[];
  minutes: ({ allotment: string; total: number; reserved: number } & Grant)[];
  deployments: { live: number; silent: number };
  /** How many users' assignment changes were rejected in the last 24 hours. */
  rejections: number;
  /** How many keys weren't revoked. */
  keys: number;
  /** The last verification of its audit chain; null if there was none. */
  verified: { isIntact: boolean; at: Date } | null;
};

/** The numbers of the installation as a whole. */
export type InstallationFigures = {
  /** The last verification of its own audit chain; null if there was none. */
  verified: LicenseFigures["verified"];
  /** Events that wait for their position. */
  outbox: Waiting;
  /** Deliveries of webhooks that aren't delivered yet, and weren't given up. */
  deliveries: Waiting;
  /** When the last checkpoint of the audit chains was written; null if none ever was. Absent if none are to be. */
  checkpoint?: Date | null;
  /** How many rows break each rule of `signet check`, and when that was checked. */
  checks: { name: string; broken: number; at: Date }[];
  /** Encryption keys that are being replaced. */
  rotatingKeys: number;
};

/** How many wait, and the time of the oldest. */
export type Waiting = { count: number; oldest: Date | null };

/** The grants of a license on the day of `now`; they change only with the definition and the UTC day. */
export function grantsOn(eras: readonly Era[], now: Date): AllotmentGrant[] {
  const month = monthOf(now);
  return (eras.at(-1)?.definition.allotments ?? []).map((allotment) => {
    const { name } = allotment;
    const key = nameKey(name);
    if (allotment.usage.class === "assigned")
      return { key, name, class: "assigned", units: unitsInForce(allotment, now) };
    return { key, name, class: "time", ...monthGrant(eras, name, month) };
  });
}

/** The allotments of a license: those of its definition, and dropped ones in which users still hold seats. */
export function allotmentFigures(
  grants: readonly AllotmentGrant[],
  counts: readonly AllotmentCount[],
): Pick<LicenseFigures, "seats" | "minutes"> {
  const seats: LicenseFigures["seats"] = [];
  const minutes: LicenseFigures["minutes"] = [];
  for (const grant of grants) {
    const { name: allotment } = grant;
    const count = counts.find(({ key }) => key === grant.key);
    if (grant.class === "assigned") seats.push({ allotment, units: grant.units, taken: count?.live ?? 0 });
    else {
      const { total = 0, reserved = 0 } = count ?? {};
      minutes.push({ allotment, total, reserved, quota: grant.quota, overage: grant.overage });
    }
  }
  for (const { key, name: allotment, live } of counts)
    if (live > 0 && !grants.some((grant) => grant.key === key))
      seats.push({ allotment, units: 0, taken: live });
  return { seats, minutes };
}
