const grouped = new Intl.NumberFormat("en");

/** A number as `1,639`, with a real minus sign. */
export function count(value: number): string {
  return grouped.format(value).replace("-", "\u2212");
}

/** A number with its unit: `1 seat`, `2 seats`. */
export function counted(value: number, unit: string): string {
  return `${count(value)} ${unit}${value === 1 ? "" : "s"}`;
}

/**
 * A share in whole percent, rounded down: 100% only at the limit, and never 0% for more than nothing.
 */
export function percent(value: number, limit: number): string {
  if (limit === 0) return value === 0 ? "0%" : "over 100%";
  const share = Math.floor((100 * value) / limit);
  return share === 0 && value > 0 ? "under 1%" : `${count(share)}%`;
}
