import { Readable } from "node:stream";
import { readSeats } from "@/app/(console)/licenses/[number]/assignments/_list/read-seats";
import { filterOf, loadParams } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { csvOfSeats } from "@/server/assignments/files/assignment-export";

/** Exports the seats that the list shows, on all its pages. */
export function GET(request: Request, context: RouteContext<"/licenses/[number]/assignments/export">) {
  return readSeats(context, async (number, now) => {
    const params = await loadParams(request);
    const csv = await csvOfSeats(number, filterOf(params), now);
    const name = `assignments-${formatLicenseNumber(number).replaceAll(" ", "-")}-${now.toISOString().slice(0, 10)}.csv`;
    return new Response(Readable.toWeb(csv) as ReadableStream, {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${name}"`,
        "Cache-Control": "no-store",
      },
    });
  });
}
