import { readInScope } from "@/app/(console)/_lib/reading";
import { csvDownload } from "@/app/(console)/_list/csv";
import { csvRow, HEAD } from "@/app/(console)/customers/customer-csv";
import { filterOf, loadCustomers } from "@/app/(console)/customers/search-params";
import { customerPages } from "@/server/overview/customer-board";

/** Exports the customers that the list shows, on all its pages. */
export function GET(request: Request) {
  return readInScope("customers.read", async ({ who, now }) => {
    const filter = filterOf(await loadCustomers(request));
    return csvDownload(`customers-${now.toISOString().slice(0, 10)}`, HEAD, rows());

    async function* rows() {
      for await (const page of customerPages(who, filter, now)) yield page.map(csvRow);
    }
  });
}
