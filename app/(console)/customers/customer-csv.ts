import type { CsvCell } from "@/app/(console)/_list/csv";
import type { CustomerRow } from "@/server/overview/customer-board";

export const HEAD = ["name", "worst state", "licenses", "license admins", "since", "id"];

/**
 * A customer as a row of the export. A customer without licenses has no state; the number of people is empty for
 * readers who may not see people.
 */
export function csvRow({ id, name, worst, licenses, people, created }: CustomerRow): CsvCell[] {
  return [name, worst, licenses, people, created.toISOString(), id];
}
