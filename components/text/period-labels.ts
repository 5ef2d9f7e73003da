import type { LicenseTemplate } from "@/domain/licenses/license-template";
import type { Period } from "@/domain/licenses/period";
import { NO_END } from "./license-labels";
import { count, counted } from "./numbers";

/** A length as `1 year`, `18 months`, `30 days` or `no end date`. */
export function periodText(period: Period): string {
  if (!period) return NO_END;
  if ("days" in period) return counted(period.days, "day");
  const { months } = period;
  return months % 12 === 0 ? counted(months / 12, "year") : counted(months, "month");
}

/** What a template fills in: `professional, analyzer, 1 year`, or `QCS, 5 professional, trial of 30 days`. */
export function templateText({ product, allotments, period, trial }: LicenseTemplate): string {
  const units = allotments.map(({ name, units: rows }) => {
    const sum = rows.reduce((all, row) => all + row.count, 0);
    return sum > 0 ? `${count(sum)} ${name}` : name;
  });
  const length = trial && period ? `trial of ${periodText(period)}` : periodText(period);
  return [...(product ? [product] : []), ...units, length].join(", ");
}
