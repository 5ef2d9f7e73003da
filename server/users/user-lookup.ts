import { seesSubjects } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { userLicenses } from "./user-licenses";
import { type ListedUser, type ListedUserSeat, latestUse, searchUsers } from "./user-search";
import { userIndexes, userSeats } from "./user-seats";

const MOST = 6;
const PATIENCE = { patience: 100 };

/** The seats that a user holds, found by the whole name: no other name is decrypted. */
export async function seatsOfUser(who: Principal, subject: string): Promise<ListedUserSeat[]> {
  const held = await userSeats(await userIndexes(who, subject));
  const { licenses, allotmentName } = await userLicenses(held.map(({ license }) => license));
  const customers = new Map(licenses.map(({ number, customer }) => [number, customer.name]));
  return held.map(({ license, instance, allotment, subject: spelled, lastUsed }) => ({
    ...{ license, instance, subject: spelled, lastUsed },
    customer: customers.get(license) ?? "",
    allotment: allotmentName(license, allotment),
  }));
}

/**
 * A few users for a search while somebody types: by a part of the name as far as names are in memory, otherwise by the
 * whole name. None for principals who may not see subjects.
 */
export async function findUsers(who: Principal, query: string): Promise<ListedUser[]> {
  if (query.trim() === "" || !seesSubjects(who.role)) return [];
  const { items, waiting } = await searchUsers(who, { query, limit: MOST, ...PATIENCE });
  if (items.length > 0 || waiting === 0) return items;
  const seats = await seatsOfUser(who, query);
  const [first] = seats;
  return first ? [{ subject: first.subject, seats, lastUsed: latestUse(seats) }] : [];
}
