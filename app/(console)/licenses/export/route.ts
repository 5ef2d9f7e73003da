import { readInScope } from "@/app/(console)/_lib/reading";
import { csvDownload } from "@/app/(console)/_list/csv";
import { csvRow, HEAD } from "@/app/(console)/licenses/license-csv";
import { filterOf, readParams } from "@/app/(console)/licenses/search-params";
import { customerChoices } from "@/server/licenses/customers";
import { productChoices } from "@/server/licenses/license-list";
import { boardPages } from "@/server/overview/license-board";

/** Exports the licenses that the list shows, on all its pages. */
export function GET(request: Request) {
  return readInScope("licenses.read", async ({ who, now }) => {
    const address = Object.fromEntries(new URL(request.url).searchParams);
    const [products, customers] = await Promise.all([productChoices(who), customerChoices(who)]);
    const { params } = readParams(address, { products, customers });
    return csvDownload(`licenses-${now.toISOString().slice(0, 10)}`, HEAD, rows());

    async function* rows() {
      for await (const page of boardPages(who, filterOf(params, now), now)) yield page.map(csvRow);
    }
  });
}
