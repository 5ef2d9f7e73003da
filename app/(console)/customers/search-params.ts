import { createLoader, parseAsString } from "nuqs/server";

export const loadCustomers = createLoader({ q: parseAsString.withDefault(""), cursor: parseAsString });

/** The address of the list, with nothing in it that is not said. */
export function customersHref(q: string, cursor?: string): string {
  const said = { ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) };
  return Object.keys(said).length > 0 ? `/customers?${new URLSearchParams(said)}` : "/customers";
}
