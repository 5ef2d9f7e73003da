import { readOnLicense } from "@/app/(console)/_lib/reading";
import { type CsvCell, csvDownload } from "@/app/(console)/_list/csv";
import { filterOf, loadDeployments } from "@/app/(console)/licenses/[number]/deployments/search-params";
import { isOffline, pulseOf } from "@/domain/deployment-pulse";
import { type DeploymentFilter, listDeployments } from "@/server/deployments/deployment-list";
import type { Deployment } from "@/server/deployments/deployments";

const PAGE = 1000;
const HEAD = [
  "Source",
  "Name",
  "State",
  "Product",
  "Version",
  "System",
  "Address",
  "First seen",
  "Last contact",
  "Last report",
  "Last sync",
  "Base version",
  "Clock drift (s)",
  "Suspicions",
  "Last upload",
];

type Context = { params: Promise<{ number: string }> };

/** Exports the deployments that the list shows, on all its pages. */
export async function GET(request: Request, { params }: Context) {
  const { number } = await params;
  return readOnLicense(number, "deployments.read", async ({ now }) =>
    csvDownload(`deployments-${number}`, HEAD, pages(number, filterOf(await loadDeployments(request)), now)),
  );
}

async function* pages(number: string, filter: DeploymentFilter, now: Date): AsyncGenerator<CsvCell[][]> {
  let cursor: string | undefined;
  do {
    const page = await listDeployments(number, { ...filter, limit: PAGE, cursor }, now);
    yield page.items.map((deployment) => cellsOf(deployment, now));
    cursor = page.cursor ?? undefined;
  } while (cursor);
}

function cellsOf(deployment: Deployment, now: Date): CsvCell[] {
  const { source, name, product, version, os, address, firstSeen, lastSeen, lastReport, lastSync } =
    deployment;
  const state = isOffline(deployment) || !lastSeen ? "offline" : pulseOf(lastSeen, now);
  const times = [firstSeen, lastSeen, lastReport, lastSync].map((at) => at?.toISOString() ?? null);
  return [
    ...[source, name, state, product, version, os, address],
    ...times,
    deployment.base,
    deployment.clockSkew,
    deployment.suspicions.join(" "),
    deployment.lastUpload?.toISOString() ?? null,
  ];
}
