import type { ValidityStatus } from "@/domain/licenses/lease";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";

/** A deployment that is expected to call, and when it last did. */
export type HeardDeployment = { source: string; name: string | null; lastSeen: Date };

/** A signed definition that is out. */
export type OpenCheckout = { id: string; label: string; product: string; issued: Date; expires: Date };

/** A release of unused seats that was announced and is still ahead. */
export type AnnouncedRelease = { run: string; allotment: string; seats: number; release: Date };

/** Everything about one license that alerts depend on, at one moment. */
export type LicenseFacts = {
  status: "active" | "suspended" | "revoked";
  standing: ValidityStatus;
  /** The end of validity; null if there is none. */
  endsAt: Date | null;
  allotments: readonly LicenseAllotment[];
  deployments: readonly HeardDeployment[];
  checkouts: readonly OpenCheckout[];
  releases: readonly AnnouncedRelease[];
  /** How many users were refused a seat in the last 24 hours. */
  rejected: number;
};
