import { pageAt } from "@/app/(console)/_list/paging";
import { allotmentUsage } from "@/components/text/allotment-labels";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import {
  type AssignmentFilter,
  type AssignmentPage,
  listAssignments,
} from "@/server/assignments/lists/assignment-list";
import { deploymentNames } from "@/server/deployments/deployment-names";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";

/** A row of the list as it is sent to the browser. */
export type SeatRow = {
  instance: string;
  version: number;
  subject: string;
  /** The other names of the user. */
  aliases: string[];
  allotment: string;
  state: "active" | "excess";
  created: string;
  source: string;
  siteName: string | null;
  lastUsed: string | null;
  usageReported: boolean;
  isTwice: boolean;
};

/**
 * `from` is the number of rows on the pages before; `before` is the cursor of the previous page, null for the first
 * page.
 */
export type SeatPage = Pick<AssignmentPage, "cursor" | "total" | "from" | "before"> & {
  rows: SeatRow[];
  /** The seats taken in each allotment at that moment, as the footer shows it. */
  taken: string;
};

const LIMIT = 100;

/** One page of the list, or all of it for printing. A cursor of another filter falls back to the first page. */
export async function seatPage(
  number: string,
  filter: AssignmentFilter,
  cursor: string | null,
  now: Date,
): Promise<SeatPage> {
  const [{ items, ...page }, allotments] = await Promise.all([
    pageAt(cursor, (from) => listAssignments(number, { ...filter, limit: LIMIT, cursor: from }, now)),
    allotmentsByLicense([number], now),
  ]);
  const names = await deploymentNames(number, [...new Set(items.map(({ source }) => source))]);
  const rows = items.map(
    ({
      instance,
      version,
      subject,
      aliases = [],
      allotment,
      state,
      created,
      source,
      lastUsed,
      usageReported,
      isTwice,
    }) => ({
      ...{ instance, version, subject, allotment, state, source, lastUsed, usageReported, isTwice },
      aliases: [...aliases],
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
