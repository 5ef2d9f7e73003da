import { firstPageOnBadCursor } from "@/app/(console)/_list/paging";
import { allotmentUsage } from "@/components/text/allotment-labels";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import {
  type AssignmentFilter,
  type AssignmentPage,
  listAssignments,
} from "@/server/assignments/lists/assignment-list";
import { deploymentNames } from "@/server/deployments/deployment-names";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";

/** A row of the list, as it goes to the browser. */
export type SeatRow = {
  instance: string;
  version: number;
  subject: string;
  allotment: string;
  state: "active" | "excess";
  created: string;
  source: string;
  siteName: string | null;
  lastUsed: string | null;
  usageReported: boolean;
  isTwice: boolean;
};

/** `from` is how many rows stand on the pages before; `before` asks for the last of those, null for the first one. */
export type SeatPage = Pick<AssignmentPage, "cursor" | "total" | "from" | "before"> & {
  rows: SeatRow[];
  /** What is taken of each allotment at that moment, as the foot says it. */
  taken: string;
};

const LIMIT = 100;

/** One page of the list; a cursor of another filter gives the first one. */
export async function seatPage(
  number: string,
  filter: AssignmentFilter,
  cursor: string | undefined,
  now: Date,
): Promise<SeatPage> {
  const [{ items, ...page }, allotments] = await Promise.all([
    firstPageOnBadCursor(cursor, (from) =>
      listAssignments(number, { ...filter, limit: LIMIT, cursor: from }, now),
    ),
    allotmentsByLicense([number], now),
  ]);
  const names = await deploymentNames(number, [...new Set(items.map(({ source }) => source))]);
  const rows = items.map(
    ({
      instance,
      version,
      subject,
      allotment,
      state,
      created,
      source,
      lastUsed,
      usageReported,
      isTwice,
    }) => ({
      ...{ instance, version, subject, allotment, state, source, lastUsed, usageReported, isTwice },
      created: created.toISOString(),
      siteName: names.get(source) ?? null,
    }),
  );
  return { ...page, rows, taken: takenWords(allotments.get(number) ?? []) };
}

/** `professional 7 of 10 seats · analyzer 24 of 30 seats`. */
function takenWords(allotments: LicenseAllotment[]): string {
  return allotments
    .filter((allotment) => allotment.class === "assigned")
    .map((allotment) => `${allotment.name} ${allotmentUsage(allotment)}`)
    .join(" · ");
}
