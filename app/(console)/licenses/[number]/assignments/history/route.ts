import { privately, readSeats } from "@/app/(console)/licenses/[number]/assignments/_list/read-seats";
import { historyLabel } from "@/app/(console)/licenses/[number]/assignments/_panel/history-labels";
import { seatHistory } from "@/server/assignments/lists/seat-history";

/** The history of one seat. */
export function GET(request: Request, context: RouteContext<"/licenses/[number]/assignments/history">) {
  return readSeats(context, async (number, now) => {
    const instance = new URL(request.url).searchParams.get("open") ?? "";
    return privately(await historyLabel(number, await seatHistory(number, instance, now)));
  });
}
