import type { CsvCell } from "@/app/(console)/_list/csv";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import type { BoardRow } from "@/server/overview/license-board";

export const HEAD = [
  "number",
  "customer",
  "product",
  "status",
  "validity",
  "trial",
  "states",
  "seats taken",
  "seats",
  "minutes used",
  "minutes quota",
  "last contact",
  "created",
];

/** A license as a row of the export. Sums are over all allotments; minutes are those of the current month. */
export function csvRow({
  number,
  customer,
  product,
  status,
  valid,
  trial,
  states,
  glance,
  created,
}: BoardRow): CsvCell[] {
  const { pools, contact } = glance;
  return [
    formatLicenseNumber(number),
    customer.name,
    product,
    status,
    valid,
    trial ? "trial" : "",
    states.join(" "),
    sum(pools, (allotment) => (allotment.class === "assigned" ? allotment.live : null)),
    sum(pools, (allotment) => (allotment.class === "assigned" ? allotment.units : null)),
    sum(pools, (allotment) => (allotment.class === "time" ? allotment.total : null)),
    sum(pools, (allotment) => (allotment.class === "time" ? allotment.quota : null)),
    contact?.toISOString() ?? null,
    created.toISOString(),
  ];
}

/** Null if there is no such allotment, which differs from no usage. */
function sum(
  allotments: readonly LicenseAllotment[],
  of: (pool: LicenseAllotment) => number | null,
): number | null {
  const counts = allotments.map(of).filter((one) => one !== null);
  return counts.length > 0 ? counts.reduce((all, one) => all + one, 0) : null;
}
