import { readOnLicense } from "@/app/(console)/_lib/reading";
import { type CsvCell, csvDownload } from "@/app/(console)/_list/csv";
import { loadParams } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { listRejections } from "@/server/assignments/lists/rejections";
import { deploymentNames } from "@/server/deployments/deployment-names";

const PAGE = 1000;
const HEAD = ["User", "Allotment", "Reason", "Times", "Deployment", "Source", "First", "Last"];

type Context = { params: Promise<{ number: string }> };

/** Exports the rejections that the list shows, on all its pages. */
export async function GET(request: Request, { params }: Context) {
  const { number } = await params;
  const { q } = await loadParams(request);
  return readOnLicense(number, "assignments.read", async () =>
    csvDownload(`rejected-${number}`, HEAD, pages(number, q)),
  );
}

async function* pages(number: string, query: string): AsyncGenerator<CsvCell[][]> {
  let cursor: string | undefined;
  do {
    const page = await listRejections(number, { query, limit: PAGE, cursor });
    const names = await deploymentNames(number, [...new Set(page.items.map(({ source }) => source))]);
    yield page.items.map(({ subject, allotment, code, times, source, first, last }) => [
      ...[subject, allotment, code, times, names.get(source) ?? null, source],
      ...[first.toISOString(), last.toISOString()],
    ]);
    cursor = page.cursor ?? undefined;
  } while (cursor);
}
