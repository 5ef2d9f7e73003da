import { readOnLicense } from "@/app/(console)/_lib/reading";
import { listedSites } from "@/app/(console)/licenses/[number]/deployments/listed-deployments";
import { loadSites } from "@/app/(console)/licenses/[number]/deployments/search-params";
import { licenseByNumber } from "@/server/licenses/licenses";

type Context = { params: Promise<{ number: string }> };

/** The deployments as they stand now, for the page that looks at them. */
export async function GET(request: Request, { params }: Context) {
  const { number } = await params;
  return readOnLicense(number, "deployments.read", async ({ now }) =>
    Response.json(await listedSites(await licenseByNumber(number, now), await loadSites(request), now)),
  );
}
