import { seatPage } from "@/app/(console)/licenses/[number]/assignments/_list/listed-seats";
import { privately, readSeats } from "@/app/(console)/licenses/[number]/assignments/_list/read-seats";
import { filterOf, loadParams } from "@/app/(console)/licenses/[number]/assignments/search-params";

/** A page of the list, loaded on scrolling. */
export function GET(request: Request, context: RouteContext<"/licenses/[number]/assignments/rows">) {
  return readSeats(context, async (number, now) => {
    const { cursor, ...params } = await loadParams(request);
    return privately(await seatPage(number, filterOf(params), cursor, now));
  });
}
