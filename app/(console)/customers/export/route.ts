import { customerPages } from "@/server/customer-board";
import { csvDownload } from "../../csv";
import { readInScope } from "../../reading";
import { csvRow, HEAD } from "../customer-csv";
import { filterOf, loadCustomers } from "../search-params";

/** Exactly the customers that the list shows, on all its pages. */
export function GET(request: Request) {
  return readInScope("customers.read", async ({ who, now }) => {
    const filter = filterOf(await loadCustomers(request));
    return csvDownload(`customers-${now.toISOString().slice(0, 10)}`, HEAD, rows());

    async function* rows() {
      for await (const page of customerPages(who, filter, now)) yield page.map(csvRow);
    }
  });
}
