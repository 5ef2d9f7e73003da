import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Delivery, Link } from "@/fleet/link";
import type { Timeline } from "@/fleet/timeline";
import type { Random } from "@/server/sample/random";
import type { Reply, Sent } from "./server";

/** How bad the network of a run is, as shares of all requests. */
export type LossRates = { lost: number; replyLost: number; doubled: number; late: number };

/** The network between the agents and the server; it can be cut in one direction. */
export type Network = {
  timeline: Timeline;
  random: Random;
  weather: LossRates;
  cut: "out" | "in" | null;
  /** Takes a request at the server; null if the server died. */
  take: (sent: Sent) => Promise<Reply | null>;
};

const HOUR = 3_600_000;
/** A request can be under way this long: others overtake it, and its agent has given up. */
const LONGEST = 2 * HOUR;

/** Opens a link for one agent, which loses, delays and doubles requests. `deliveryOf` is the state of its machine's network. */
export async function openBadLink(network: Network, deliveryOf: () => Delivery): Promise<Link> {
  let isCut = false;
  const server = createServer(async (request, response) => {
    const answer = isCut ? null : await carried(network, deliveryOf(), await sentOf(request));
    if (isCut || answer === null) return void request.socket.destroy();
    respond(request, response, answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    isCut = true;
    server.closeAllConnections();
  };
  const close = async () => {
    cut();
    await new Promise((done) => server.close(done));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cut, close };
}

/** The reply that arrives: the server's, one from something in between, or none. */
async function carried(network: Network, delivery: Delivery, sent: Sent): Promise<Reply | string | null> {
  const { timeline, random, weather, cut, take } = network;
  if (typeof delivery === "object") return delivery.answer;
  if (delivery === "lost" || cut === "out" || random.chance(weather.lost)) return null;
  const later = () => timeline.after(random.next() * LONGEST, async () => void (await take(sent)));
  if (random.chance(weather.late)) {
    later();
    return null;
  }
  if (random.chance(weather.doubled)) later();
  const answer = await take(sent);
  return delivery === "reply lost" || cut === "in" || random.chance(weather.replyLost) ? null : answer;
}

async function sentOf(request: IncomingMessage): Promise<Sent> {
  const { method = "GET", url: path = "/" } = request;
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === "string" && name !== "connection" ? [[name, value] as const] : [],
  );
  return { method, path, headers: Object.fromEntries(headers), body: await text(request) };
}

/** A reply from something in between is written as it is. */
function respond({ socket }: IncomingMessage, response: ServerResponse, answer: Reply | string): void {
  if (typeof answer === "string") return void socket.end(answer);
  const { status, headers, body } = answer;
  response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}
