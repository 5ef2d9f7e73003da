import { type LicenseState, worstState } from "@/domain/license-state";
import { rightOf } from "@/domain/roles";
import type { Page, Slice } from "./cursor";
import { type CustomerSummary, listCustomers } from "./customers";
import type { Principal } from "./gate";
import { type BoardRow, wholeBoard } from "./license-board";
import { store } from "./store";

/** A customer as the console lists it. */
export type CustomerRow = CustomerSummary & {
  /** The worst state of its licenses in use, else of those that were stopped or are over; null without any. */
  worst: LicenseState | null;
  /** How many people are confined to it and perhaps others; null to those who may not know. */
  people: number | null;
};

/** The customers that one may see, by name, with how their licenses stand. */
export async function customerBoard(
  principal: Principal,
  slice: Slice & { query?: string },
  now: Date,
): Promise<Page<CustomerRow>> {
  const { items, cursor } = await listCustomers(principal, slice);
  const ids = items.map(({ id }) => id);
  const [licenses, people] = await Promise.all([
    wholeBoard(principal, { customers: ids }, now),
    rightOf(principal.role, "users.read") === "yes" ? peopleOf(ids) : null,
  ]);
  const rowOf = (customer: CustomerSummary): CustomerRow => {
    const worst = worstOf(licenses.filter((one) => one.customer.id === customer.id));
    return { ...customer, worst, people: people && (people.get(customer.id) ?? 0) };
  };
  return { items: items.map(rowOf), cursor };
}

function worstOf(licenses: readonly BoardRow[]): LicenseState | null {
  const isInUse = ({ status, standing }: BoardRow) => status === "active" && standing !== "expired";
  const counted = licenses.some(isInUse) ? licenses.filter(isInUse) : licenses;
  return counted.length > 0 ? worstState(counted.flatMap(({ states }) => states)) : null;
}

async function peopleOf(customers: string[]): Promise<Map<string, number>> {
  const rows = await store().db.customerUser.groupBy({
    by: ["customerId"],
    where: { customerId: { in: customers } },
    _count: true,
  });
  return new Map(rows.map(({ customerId, _count }) => [customerId, _count]));
}
