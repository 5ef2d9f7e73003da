import { lastDayOfLicense } from "@/domain/licenses/renewal";
import type { License } from "@/server/licenses/license";

/** Why a license can't be renewed, where the person may change it; null if it can. */
export function whyNotRenewed({ definition, status }: License, whyNotChanged: string | null): string | null {
  if (whyNotChanged) return whyNotChanged;
  if (status === "revoked") return "This license was revoked permanently.";
  return lastDayOfLicense(definition) ? null : "This license has no end date.";
}
