import { licenseByNumber } from "@/server/licenses";
import { readOnLicense } from "../../../../reading";
import { listedSites } from "../listed-sites";
import { loadSites } from "../search-params";

type Context = { params: Promise<{ number: string }> };

/** The deployments as they stand now, for the page that looks at them. */
export async function GET(request: Request, { params }: Context) {
  const { number } = await params;
  return readOnLicense(number, "deployments.read", async ({ now }) =>
    Response.json(await listedSites(await licenseByNumber(number, now), await loadSites(request), now)),
  );
}
