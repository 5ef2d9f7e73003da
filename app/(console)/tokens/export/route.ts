import { WHOLE } from "@/server/cursor";
import { customerChoices } from "@/server/customers";
import { tokenBoard } from "@/server/token-list";
import { csvDownload } from "../../csv";
import { readInScope } from "../../reading";
import { filterOf, loadTokenParams } from "../search-params";
import { csvRow, HEAD } from "../token-csv";
import { makerNames } from "../token-words";

/** Exactly the tokens that the list shows, on all its pages. */
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
