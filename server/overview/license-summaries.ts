import { type Era, nameKey } from "@/domain/licenses/definition";
import { validityStatus } from "@/domain/licenses/lease";
import { type AllotmentCounts, licenseAllotments } from "@/domain/licenses/license-allotments";
import type { LicenseState } from "@/domain/licenses/license-state";
import { type LicenseHealth, statesOf } from "@/domain/licenses/license-summary";
import { parseValidity } from "@/domain/licenses/validity";
import { dayOf, monthOf } from "@/domain/month";
import { nothingHere } from "@/domain/refusals/refusal";
import { reservedUnits } from "@/server/checkouts/checkout-shares";
import { erasOfMany } from "@/server/licenses/definitions";
import type { LicenseSummary } from "@/server/licenses/license";
import { type Paces, pacesOf } from "@/server/licenses/license-allotments";
import { mapInBatches } from "@/server/store/in-batches";
import { type Reads, reading, store } from "@/server/store/store";
import { type HealthRow, readHealth } from "./health-statement";
import { recentPaces } from "./recent-paces";

/** A license with its health, as far as the overview shows it. */
export type HealthyLicense = Pick<
  LicenseSummary,
  "number" | "customer" | "status" | "standing" | "valid" | "trial"
> & {
  settings: Pick<LicenseSummary["settings"], "leaseDays" | "graceDays">;
  glance: LicenseHealth;
  states: LicenseState[];
};

/** The health of one license now; never from a replica, which may not have the license yet. */
export async function licenseHealthOf({ number }: { number: string }, now: Date): Promise<LicenseHealth> {
  const glance = (await licenseHealthsOf([number], now, store())).get(number);
  if (!glance) throw nothingHere();
  return glance;
}

/** The health of licenses now, by number. */
export async function licenseHealthsOf(
  numbers: string[],
  now: Date,
  from: Reads = reading(),
): Promise<Map<string, LicenseHealth>> {
  const [rows, paces] = await Promise.all([
    readHealth({ numbers }, now, from),
    pacesOf(numbers, dayOf(now), from),
  ]);
  const licenses = await healthyLicenses(rows, paces, now);
  return new Map(licenses.map(({ number, glance }) => [number, glance]));
}

/** The licenses of all customers, or of some, by number. Their paces may be some minutes old; see `recentPaces`. */
export async function licensesWithHealth(
  customers: readonly string[] | null,
  now: Date,
): Promise<HealthyLicense[]> {
  const rows = await readHealth(customers ? { customers } : "all", now, reading());
  const licenses = await healthyLicenses(rows, await recentPaces(rows, now), now);
  return licenses.sort((one, other) => (one.number < other.number ? -1 : 1));
}

async function healthyLicenses(
  rows: readonly HealthRow[],
  paces: ReadonlyMap<string, Paces>,
  now: Date,
): Promise<HealthyLicense[]> {
  const histories = await erasOfMany(
    rows.map(({ number, definition_id: definitionId }) => ({ number, definitionId })),
  );
  return mapInBatches(rows, (row) =>
    licenseIn(row, histories.get(row.number) ?? [], paces.get(row.number) ?? new Map(), now),
  );
}

/** Literals without spreading: that takes several times as long, and there are thousands of licenses. */
function licenseIn(row: HealthRow, eras: Era[], paces: Paces, now: Date): HealthyLicense {
  const { number, status, trial, grace_days: graceDays, silent } = row;
  const valid = eras.at(-1)?.definition.valid ?? "";
  const standing = validityStatus(valid, now, graceDays);
  const glance: LicenseHealth = {
    status,
    standing,
    endsAt: parseValidity(valid)?.to ?? null,
    pools: licenseAllotments(countsIn(row, paces, now), { eras, graceDays }, now),
    contact: row.contact === null ? null : new Date(row.contact),
    silent: silent && { sites: silent.sites, since: new Date(silent.since), name: silent.name },
    rejected: row.rejected,
    requested: row.requested,
    suspected: row.suspected,
  };
  if (row.guessed !== null) glance.guessed = new Date(row.guessed);
  return {
    number,
    customer: { id: row.customer_id, name: row.customer },
    status,
    standing,
    valid,
    trial,
    settings: { leaseDays: row.lease_days, graceDays },
    glance,
    states: statesOf(glance),
  };
}

function countsIn({ counts, shares }: HealthRow, paces: Paces, now: Date): AllotmentCounts[] {
  if (counts === null) return [];
  return counts.split("\n").map((line) => {
    const [name = "", usage, live, total, leased] = line.split("\t");
    const key = nameKey(name);
    const month = usage === "time" ? monthOf(now) : undefined;
    return {
      key,
      name,
      live: Number(live),
      total: Number(total),
      reserved: Number(leased) + (shares ? reservedUnits(shares, key, now, month) : 0),
      pace: paces.get(key) ?? null,
    };
  });
}
