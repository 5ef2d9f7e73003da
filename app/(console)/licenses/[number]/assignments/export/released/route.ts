import { readOnLicense } from "@/app/(console)/_lib/reading";
import { type CsvCell, csvDownload } from "@/app/(console)/_list/csv";
import { loadParams } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { listReleased } from "@/server/assignments/lists/released-seats";
import { deploymentNames } from "@/server/deployments/deployment-names";

const PAGE = 1000;
const HEAD = ["Instance", "Allotment", "Deployment", "Source", "Assigned", "Released"];

type Context = { params: Promise<{ number: string }> };

/** Exports the releases that the list shows, on all its pages. */
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
