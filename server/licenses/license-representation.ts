import type { Definition } from "@/domain/licenses/definition";
import { validityStatus } from "@/domain/licenses/lease";
import type { License, LicenseSettings, LicenseSummary, LicenseWithCustomer } from "./license";

/** A license as responses show it, with the definition in force. */
export function licenseOf(row: LicenseWithCustomer, definition: Definition, now: Date): License {
  return { ...summaryOf(row, definition, now), definition };
}

export function summaryOf(row: LicenseWithCustomer, { valid }: { valid: string }, now: Date): LicenseSummary {
  return {
    number: row.number,
    customer: { id: row.customer.id, name: row.customer.name },
    status: row.status,
    standing: validityStatus(valid, now, row.graceDays),
    product: row.product,
    products: row.products,
    valid,
    trial: row.trial,
    version: row.version,
    settings: settingsOf(row),
    created: row.createdAt,
    updated: row.updatedAt,
  };
}

export function settingsOf(row: LicenseSettings): LicenseSettings {
  const { autoAssignProfessional, autoAssignAnalyzer, subjectMatching, leaseDays, graceDays } = row;
  const { offlineDays, maxCheckouts, sessionNames, whenOffline, leaseHours } = row;
  return {
    autoAssignProfessional,
    autoAssignAnalyzer,
    subjectMatching,
    leaseDays,
    graceDays,
    offlineDays,
    maxCheckouts,
    sessionNames,
    whenOffline,
    leaseHours,
  };
}
