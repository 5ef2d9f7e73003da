import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** The stage of a request at the kill: the last two distinguish a reply that is lost from one that was still seen. */
export const STAGES = ["arrived", "under way", "reply lost", "reply passed"] as const;
export type Stage = (typeof STAGES)[number];

/** Strikes at the nth request from now, so many milliseconds after it was passed on if it is under way. */
export type Point = { nth: number; stage: Stage; delay: number };

/** A relay between everyone and the product API: it keeps its address, and knows the stage of each request. */
export type Relay = {
  url: string;
  /** Null leads nowhere: another process may have the port of a dead server by now. */
  leadTo(door: string | null): void;
  /** Calls `strike` at the point, once; resolves after it. */
  strikeAt(point: Point, strike: () => void): Promise<void>;
  close(): Promise<void>;
};

type Armed = Point & { strike: () => void };

export async function openRelay(): Promise<Relay> {
  let door: string | null = null;
  let armed: Armed | null = null;

  const take = (): Armed | null => {
    if (!armed || --armed.nth > 0) return null;
    const taken = armed;
    armed = null;
    return taken;
  };

  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const at = take();
    if (at?.stage === "arrived") at.strike();
    const sent = door === null ? null : forward(door, request, body);
    if (at?.stage === "under way") setTimeout(at.strike, at.delay);
    const reply = await sent;
    if (at?.stage === "reply lost") at.strike();
    if (!reply || at?.stage === "reply lost") return void response.destroy();
    response.writeHead(reply.status, reply.headers).end(reply.body);
    if (at?.stage === "reply passed") at.strike();
  };

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // A TCP server's address is always of this form.
  return {
    url: `http://127.0.0.1:${port}`,
    leadTo(target) {
      door = target;
    },
    strikeAt: (point, strike) =>
      new Promise((done) => {
        armed = {
          ...point,
          strike: () => {
            strike();
            done();
          },
        };
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** The complete reply, or null if there was none. */
async function forward(door: string, { method, url, headers }: IncomingMessage, body: Buffer) {
  const { host, connection, "content-length": length, "transfer-encoding": coding, ...kept } = headers;
  try {
    const reply = await fetch(`${door}${url}`, {
      method,
      headers: kept as Record<string, string>, // No header of ours occurs twice.
      body: body.length > 0 ? new Uint8Array(body) : undefined,
    });
    const bytes = Buffer.from(await reply.arrayBuffer());
    const { "content-encoding": _, "transfer-encoding": __, ...told } = Object.fromEntries(reply.headers);
    return {
      status: reply.status,
      headers: { ...told, "content-length": String(bytes.length) },
      body: bytes,
    };
  } catch {
    return null;
  }
}
