import { seatHistory } from "@/server/seat-history";
import { historyWords } from "../history-words";
import { privately, readSeats } from "../read-seats";

/** What happened to one seat. */
export function GET(request: Request, context: RouteContext<"/licenses/[number]/assignments/history">) {
  return readSeats(context, async (number, now) => {
    const instance = new URL(request.url).searchParams.get("open") ?? "";
    return privately(await historyWords(number, await seatHistory(number, instance, now)));
  });
}
