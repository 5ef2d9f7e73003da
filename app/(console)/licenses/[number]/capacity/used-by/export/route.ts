import type { NextRequest } from "next/server";
import { readOnLicense } from "@/app/(console)/_lib/reading";
import { type CsvCell, csvDownload } from "@/app/(console)/_list/csv";
import { wantedOf } from "@/app/(console)/licenses/[number]/capacity/capacity-of";
import { loadCapacity } from "@/app/(console)/licenses/[number]/capacity/search-params";
import { LISTS, topLabel } from "@/app/(console)/licenses/[number]/capacity/used-by/used-by-labels";
import { TOP_KINDS } from "@/domain/consumption/session";
import { seesSubjects } from "@/domain/roles";
import { sessionSums, topsOf } from "@/server/consumption/sessions/session-tops";

type Context = { params: Promise<{ number: string }> };

const MOST_ROWS = 100_000;

/** Exports who or what used the minutes of a month, the most first: at most 100,000 rows. */
export async function GET({ nextUrl }: NextRequest, { params }: Context): Promise<Response> {
  const { number } = await params;
  return readOnLicense(number, "usage.read", async ({ who, now }) => {
    const kind = TOP_KINDS.find((each) => each === nextUrl.searchParams.get("of")) ?? "user";
    const wanted = await wantedOf(number, loadCapacity(nextUrl.searchParams), now);
    if (!wanted) return new Response("This license has no minutes.", { status: 404 });
    const { meter, month } = wanted;
    const of = { license: number, meter, month };
    const withNames = seesSubjects(who.role);
    const sums = await sessionSums(of);
    const tops = await topsOf({ ...of, kind, withNames, limit: MOST_ROWS }, sums);
    return csvDownload(
      `${LISTS[kind].title.toLowerCase()}-${number}-${meter.name.replace(/[^\w-]/g, "_")}-${month}`,
      [LISTS[kind].one, "Id", "Minutes", "Share in percent", "Sessions"],
      onePage(
        tops.map((top) => [
          topLabel(kind, top),
          top.key,
          top.minutes,
          Math.round(top.share * 10_000) / 100,
          top.sessions,
        ]),
      ),
    );
  });
}

async function* onePage(rows: CsvCell[][]): AsyncGenerator<CsvCell[][]> {
  yield rows;
}
