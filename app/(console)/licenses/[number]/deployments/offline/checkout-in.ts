/** The prefix of form fields for shares; the allotment's name follows. */
export const SHARE_FIELD = "share:";

/**
 * The form as API input. Empty fields and shares of 0 are left out; an unreadable number is passed on, for the API to
 * refuse.
 */
export function checkoutIn(fields: Record<string, unknown>): Record<string, unknown> {
  const { product, label, source, days, promise } = fields;
  return {
    product,
    label,
    ...(isFilled(source) ? { source } : {}),
    ...(isFilled(days) ? { days: numberIn(days) } : {}),
    ...(promise === "whole" ? {} : { shares: sharesIn(fields) }),
  };
}

function sharesIn(fields: Record<string, unknown>): { allotment: string; units: unknown }[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    name.startsWith(SHARE_FIELD) && isFilled(value) && Number(value) !== 0
      ? { allotment: name.slice(SHARE_FIELD.length), units: numberIn(value) }
      : [],
  );
}

function isFilled(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function numberIn(value: unknown): unknown {
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}
