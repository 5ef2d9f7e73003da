import { formatLicenseNumber } from "@/domain/licenses/license-number";
import type { Principal } from "@/server/access/gate";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";
import { listLicenses } from "@/server/licenses/license-list";
import type { MappingChoice } from "./mapping-fields";

const SUGGESTED = 50;

/** Licenses with their allotments that have seats, as suggestions while one types. */
export async function mappingChoices(who: Principal, now: Date): Promise<MappingChoice[]> {
  const { items } = await listLicenses(who, { limit: SUGGESTED }, now);
  const allotments = await allotmentsByLicense(
    items.map(({ number }) => number),
    now,
  );
  return items.map(({ number, customer }) => ({
    license: formatLicenseNumber(number),
    customer: customer.name,
    allotments: (allotments.get(number) ?? []).flatMap((one) => (one.class === "assigned" ? [one.name] : [])),
  }));
}
