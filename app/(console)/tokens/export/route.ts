import { readInScope } from "@/app/(console)/_lib/reading";
import { csvDownload } from "@/app/(console)/_list/csv";
import { filterOf, loadTokenParams } from "@/app/(console)/tokens/search-params";
import { csvRow, HEAD } from "@/app/(console)/tokens/token-csv";
import { makerNames } from "@/app/(console)/tokens/token-labels";
import { tokenBoard } from "@/server/identity/token-list";
import { customerChoices } from "@/server/licenses/customers";
import { WHOLE } from "@/server/store/cursor";

/** Exports the tokens that the list shows, on all its pages. */
export function GET(request: Request) {
  return readInScope("tokens.read", async ({ who, now }) => {
    const filter = filterOf(await loadTokenParams(request));
    return csvDownload(`tokens-${now.toISOString().slice(0, 10)}`, HEAD, rows());

    async function* rows() {
      const { items } = await tokenBoard(who, { ...filter, ...WHOLE }, now);
      const [nameOf, choices] = await Promise.all([makerNames(items), customerChoices(who)]);
      const customers = new Map(choices.map(({ id, name }) => [id, name]));
      yield items.map((token) => csvRow(token, nameOf(token), customers, now));
    }
  });
}
