import type { NextRequest } from "next/server";
import { readOnLicense } from "@/app/(console)/_lib/reading";
import { csvDownload } from "@/app/(console)/_list/csv";
import { capacityAsked } from "@/app/(console)/licenses/[number]/capacity/capacity-of";
import { monthColumns } from "@/app/(console)/licenses/[number]/capacity/month-columns";
import { monthSheet } from "@/app/(console)/licenses/[number]/capacity/month-sheet";
import { loadCapacity } from "@/app/(console)/licenses/[number]/capacity/search-params";

type Context = { params: Promise<{ number: string }> };

/** Exports the month as its page shows it, day by day. */
export async function GET({ nextUrl }: NextRequest, { params }: Context): Promise<Response> {
  const { number } = await params;
  return readOnLicense(number, "usage.read", async ({ now }) => {
    const asked = loadCapacity(nextUrl.searchParams);
    const month = await capacityAsked(number, asked, now);
    if (!month) return new Response("This license has no minutes.", { status: 404 });
    const sheet = monthSheet(month, asked.by, asked.without);
    const columns = monthColumns(month, sheet);
    return csvDownload(
      `capacity-${number}-${month.allotment.replace(/[^\w-]/g, "_")}-${month.month}`,
      ["Day (UTC)", ...columns.map(({ name }) => name)],
      onePage(
        sheet.days.map(({ day }, i) => [
          dayText(month.month, day),
          ...columns.map(({ values }) => values[i] ?? null),
        ]),
      ),
    );
  });
}

async function* onePage<Row>(rows: Row[]): AsyncGenerator<Row[]> {
  yield rows;
}

function dayText(month: string, day: number): string {
  return `${month}-${String(day).padStart(2, "0")}`;
}
