import type { NextRequest } from "next/server";
import { readInScope } from "@/app/(console)/_lib/reading";
import { MOST_NEWS } from "@/app/(console)/audit/news-size";
import { filterOf, loadAudit } from "@/app/(console)/audit/search-params";
import { nothingHere } from "@/domain/refusals/refusal";
import { isUuid } from "@/domain/uuid";
import { countNewer } from "@/server/audit/log";

/** How many events are newer than the first one of the list. */
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
