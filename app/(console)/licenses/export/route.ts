import { customerChoices } from "@/server/customers";
import { boardPages } from "@/server/license-board";
import { productChoices } from "@/server/license-list";
import { csvDownload } from "../../csv";
import { readInScope } from "../../reading";
import { csvRow, HEAD } from "../license-csv";
import { filterOf, readParams } from "../search-params";

/** Exactly the licenses that the list shows, on all its pages. */
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
