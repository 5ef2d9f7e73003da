import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = { headers: IncomingHttpHeaders; body: string; path: string };

/** How a receiver answers; it may also leave the request without an answer. */
export type Answering = (response: ServerResponse, received: Received) => void;

/** A receiver of HTTP requests, such as webhooks, on 127.0.0.1 that keeps what it got. */
export type Receiver = {
  url: string;
  received: Received[];
  /** The most requests that ran at the same time. */
  atOnce(): number;
  answer(how: Answering): void;
  stop(): Promise<void>;
  /** Listens again on the same port. */
  restart(): Promise<void>;
};

export const answering =
  (status: number, body = ""): Answering =>
  (response) =>
    void response.writeHead(status, { "Content-Type": "text/plain" }).end(body);

export async function openReceiver(how: Answering = answering(204)): Promise<Receiver> {
  const received: Received[] = [];
  let answer = how;
  let open = 0;
  let most = 0;
  const server = createServer(async (request, response) => {
    most = Math.max(most, ++open);
    response.once("close", () => open--);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const got = { headers: request.headers, body: Buffer.concat(chunks).toString(), path: request.url ?? "" };
    received.push(got);
    answer(response, got);
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port; // it listens on TCP
  };
  const port = await listen(0);
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    atOnce: () => most,
    answer: (next) => {
      answer = next;
    },
    stop,
    restart: async () => void (await listen(port)),
  };
}
