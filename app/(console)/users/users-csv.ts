import type { CsvCell } from "@/app/(console)/_list/csv";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import type { Principal } from "@/server/access/gate";
import { type ListedUser, searchUsers } from "@/server/users/user-search";

export const HEAD = ["user", "customer", "license", "allotment", "last used", "instance"];

const PAGE = 500;
/** A file waits until all names are read. */
const PATIENCE_MS = 60_000;

/** The seats of the users whose name contains a text, by user. */
export async function* csvOfUsers(who: Principal, query: string): AsyncGenerator<CsvCell[][]> {
  let cursor: string | undefined;
  do {
    const page = await searchUsers(who, { query, limit: PAGE, cursor, patience: PATIENCE_MS });
    yield page.items.flatMap(rowsOf);
    cursor = page.cursor ?? undefined;
  } while (cursor);
}

function rowsOf({ seats }: ListedUser): CsvCell[][] {
  return seats.map(({ subject, customer, license, allotment, lastUsed, instance }) => [
    ...[subject, customer, formatLicenseNumber(license), allotment, lastUsed, instance],
  ]);
}
