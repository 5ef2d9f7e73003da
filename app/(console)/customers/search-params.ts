import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { CustomerFilter } from "@/server/overview/customer-board";

const CUSTOMER_SORTS = [
  "name",
  "-name",
  "worst",
  "-worst",
  "licenses",
  "-licenses",
  "created",
  "-created",
] as const satisfies CustomerFilter["sort"][];

const customerParams = {
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(CUSTOMER_SORTS).withDefault("name"),
  cursor: parseAsString,
};

export const loadCustomers = createLoader(customerParams);
export const customerSearch = createSerializer(customerParams);
export type CustomerParams = Awaited<ReturnType<typeof loadCustomers>>;

export function filterOf({ q, sort }: CustomerParams): CustomerFilter {
  return { query: q.trim().slice(0, 200) || undefined, sort };
}
