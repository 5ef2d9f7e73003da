import type { SubjectMatching } from "@/domain/assignments/subject";
import type { WhenOffline } from "@/domain/leases/bounded-definition";
import type { Definition } from "@/domain/licenses/definition";
import type { ValidityStatus } from "@/domain/licenses/lease";
import type { License as LicenseRow } from "@/prisma/client/client";

export type LicenseSettings = {
  autoAssignProfessional: boolean;
  autoAssignAnalyzer: boolean;
  subjectMatching: SubjectMatching;
  leaseDays: number;
  graceDays: number;
  /** How many days a signed definition for a deployment without a network is valid. */
  offlineDays: number;
  /** How many of them can be out at a time; null is any number. */
  maxCheckouts: number | null;
  /** Whether the names of users are kept beside their sessions and denials. */
  sessionNames: boolean;
  /** Whether deployments may use only minutes that they reserved, and for how many hours without a new answer. */
  whenOffline: WhenOffline;
  leaseHours: number;
};

export type LicenseSummary = {
  number: string;
  customer: { id: string; name: string };
  status: "active" | "suspended" | "revoked";
  /** Its status by validity. */
  standing: ValidityStatus;
  product: string;
  products: string[];
  valid: string;
  trial: boolean;
  version: string;
  settings: LicenseSettings;
  created: Date;
  updated: Date;
};

export type License = LicenseSummary & { definition: Definition };

export type LicenseWithCustomer = LicenseRow & { customer: { id: string; name: string } };
