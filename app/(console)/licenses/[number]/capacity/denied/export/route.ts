import type { NextRequest } from "next/server";
import { readOnLicense } from "@/app/(console)/_lib/reading";
import { type CsvCell, csvDownload } from "@/app/(console)/_list/csv";
import { reasonLabel } from "@/app/(console)/licenses/[number]/capacity/denied/denial-labels";
import { loadDenied } from "@/app/(console)/licenses/[number]/capacity/denied/search-params";
import { monthEnd, monthOf, monthStart } from "@/domain/month";
import { listDenials } from "@/server/consumption/denials/denial-list";

type Context = { params: Promise<{ number: string }> };

const AT_ONCE = 1000;
const HEAD = ["Hour (UTC)", "Kind", "Reason", "Reason code", "User", "Allotment", "Deployment", "Denied"];

/** Exports the denials of a month, hour by hour. */
export async function GET({ nextUrl }: NextRequest, { params }: Context): Promise<Response> {
  const { number } = await params;
  return readOnLicense(number, "rejections.read", async ({ now }) => {
    const { month = null } = loadDenied(nextUrl.searchParams);
    const shown = month ?? monthOf(now);
    return csvDownload(`denied-${number}-${shown}`, HEAD, pagesOf(number, shown));
  });
}

async function* pagesOf(license: string, month: string): AsyncGenerator<CsvCell[][]> {
  const interval = { from: monthStart(month), before: monthEnd(month) };
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor; isFirst = false) {
    const page = await listDenials(license, interval, { limit: AT_ONCE, cursor });
    yield page.items.map(({ hour, kind, reason, user, allotment, source, count }) => [
      hour.toISOString(),
      kind === "overLimit" ? "Over the limit" : "Not entitled",
      reasonLabel(reason),
      reason,
      user,
      allotment,
      source,
      count,
    ]);
    cursor = page.cursor ?? undefined;
  }
}
