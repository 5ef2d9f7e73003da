import type { NextRequest } from "next/server";
import { isUuid } from "@/domain/uuid";
import { countNewer } from "@/server/audit-log";
import { nothingHere } from "@/server/gate";
import { readInScope } from "../../reading";
import { MOST_NEWS } from "../news-size";
import { filterOf, loadAudit } from "../search-params";

/** How many events came since the first one of a list. */
export async function GET(request: NextRequest): Promise<Response> {
  const { searchParams } = request.nextUrl;
  const chain = searchParams.get("chain") ?? undefined;
  const after = searchParams.get("after") ?? "";
  return readInScope("audit.read", async ({ who }) => {
    if (!isUuid(after)) throw nothingHere();
    const filter = { ...filterOf(await loadAudit(request)), chain };
    return Response.json(await countNewer(who, { ...filter, after, most: MOST_NEWS }));
  });
}
