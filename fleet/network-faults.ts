import type { Random } from "@/server/sample/random";
import type { Delivery } from "./link";

/**
 * The state of a network: open, though a request is lost now and then; broken; or with something in between that
 * responds instead. If it is still, nothing is lost.
 */
export type NetworkState = "clear" | "still" | "down" | "portal" | "busy";

const PAGE = "<html><title>Sign in to this network</title></html>";
const BUSY = JSON.stringify({
  title: "Overloaded",
  status: 503,
  code: "OVERLOADED",
  detail: "Try again later.",
});
/** One request in this many is lost on its way, and as many responses, even without a fault. */
const LOST_IN = 400;

export function deliveryIn(weather: NetworkState, random: Random): Delivery {
  if (weather === "down") return "lost";
  if (weather === "still") return "passed";
  if (weather === "portal") return { answer: response("403 Forbidden", "text/html", PAGE) };
  if (weather === "busy")
    return {
      answer: response("503 Service Unavailable", "application/problem+json", BUSY, "Retry-After: 90\r\n"),
    };
  const cast = random.between(1, LOST_IN);
  return cast === 1 ? "lost" : cast === 2 ? "reply lost" : "passed";
}

function response(status: string, type: string, body: string, more = ""): string {
  const head = `Content-Type: ${type}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n${more}`;
  return `HTTP/1.1 ${status}\r\n${head}\r\n${body}`;
}
