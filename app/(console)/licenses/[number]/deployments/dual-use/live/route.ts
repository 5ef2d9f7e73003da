import { licenseByNumber } from "@/server/licenses";
import { readOnLicense } from "../../../../../reading";
import { listedRequests } from "../listed-requests";

type Context = { params: Promise<{ number: string }> };

/** The requests for dual use as they stand now, for the page that looks at them. */
export async function GET(_: Request, { params }: Context) {
  const { number } = await params;
  return readOnLicense(number, "dual-use.read", async ({ now }) =>
    Response.json(await listedRequests(await licenseByNumber(number, now), now)),
  );
}
