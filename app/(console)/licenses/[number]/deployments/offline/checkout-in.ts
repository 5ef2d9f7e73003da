/** The prefix of the fields that hold shares; the name of the allotment follows. */
export const SHARE_FIELD = "share:";

/** What the form asks for, as the API takes it. An empty field is left out, and so is a share of 0; a number that can't be read stays what it is. */
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
