const grouped = new Intl.NumberFormat("en");

/** `1,639`; the minus is a real one. */
export function count(value: number): string {
  return grouped.format(value).replace("-", "\u2212");
}

/** `1 seat`, `2 seats`. */
export function counted(value: number, unit: string): string {
  return `${count(value)} ${unit}${value === 1 ? "" : "s"}`;
}

/** The share in whole percent, floored: 100% only at the limit, and something is never nothing. */
export function percent(value: number, limit: number): string {
  if (limit === 0) return value === 0 ? "0%" : "over 100%";
  const share = Math.floor((100 * value) / limit);
  return share === 0 && value > 0 ? "under 1%" : `${count(share)}%`;
}
