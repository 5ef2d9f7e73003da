import { deploymentNames } from "@/server/deployment-names";
import { listReleased } from "@/server/released-seats";
import { type CsvCell, csvDownload } from "../../../../../csv";
import { readOnLicense } from "../../../../../reading";
import { loadParams } from "../../search-params";

const PAGE = 1000;
const HEAD = ["Instance", "Allotment", "Deployment", "Source", "Assigned", "Released"];

type Context = { params: Promise<{ number: string }> };

/** Exactly the releases that the list shows, on all its pages. */
export async function GET(request: Request, { params }: Context) {
  const { number } = await params;
  const { q } = await loadParams(request);
  return readOnLicense(number, "assignments.read", async () =>
    csvDownload(`released-${number}`, HEAD, pages(number, q)),
  );
}

async function* pages(number: string, query: string): AsyncGenerator<CsvCell[][]> {
  let cursor: string | undefined;
  do {
    const page = await listReleased(number, { query, limit: PAGE, cursor });
    const names = await deploymentNames(number, [...new Set(page.items.map(({ source }) => source))]);
    yield page.items.map(({ instance, allotment, source, created, released }) => [
      ...[instance, allotment, names.get(source) ?? null, source],
      ...[created.toISOString(), released.toISOString()],
    ]);
    cursor = page.cursor ?? undefined;
  } while (cursor);
}
