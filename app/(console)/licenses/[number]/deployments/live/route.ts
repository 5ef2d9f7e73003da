import { readOnLicense } from "@/app/(console)/_lib/reading";
import { listedDeployments } from "@/app/(console)/licenses/[number]/deployments/listed-deployments";
import { loadDeployments } from "@/app/(console)/licenses/[number]/deployments/search-params";
import { licenseByNumber } from "@/server/licenses/licenses";

type Context = { params: Promise<{ number: string }> };

/** The current deployments, for the open page. */
export async function GET(request: Request, { params }: Context) {
  const { number } = await params;
  return readOnLicense(number, "deployments.read", async ({ now }) =>
    Response.json(
      await listedDeployments(await licenseByNumber(number, now), await loadDeployments(request), now),
    ),
  );
}
