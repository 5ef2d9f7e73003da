import { readOnLicense } from "@/app/(console)/_lib/reading";
import { listedRequests } from "@/app/(console)/licenses/[number]/deployments/dual-use/listed-requests";
import { licenseByNumber } from "@/server/licenses/licenses";

type Context = { params: Promise<{ number: string }> };

/** The current requests for dual use, for the open page. */
export async function GET(_: Request, { params }: Context) {
  const { number } = await params;
  return readOnLicense(number, "dual-use.read", async ({ now }) =>
    Response.json(await listedRequests(await licenseByNumber(number, now), now)),
  );
}
