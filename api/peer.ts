import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { env } from "@/server/store/env";
import { perProcess } from "@/server/store/per-process";

const PEER = "x-signet-peer";

/**
 * Sets the peer's address on every request that reaches this process, overwriting anything the client sent: a route
 * of Next sees no socket. Called once, before the console's port opens.
 */
export function notePeers(): void {
  perProcess("peers-noted", () => {
    subscribe("http.server.request.start", (message) => {
      const { request } = message as { request: IncomingMessage };
      request.headers[PEER] = plain(request.socket.remoteAddress) ?? "";
    });
    return true;
  });
}

/** The address that a request came from. A proxy's header counts only with TRUST_PROXY, and only its last entry. */
export function readAddress(c: Context): string | undefined {
  const forwarded = env().TRUST_PROXY
    ? c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim()
    : undefined;
  return forwarded || peerOf(c);
}

function peerOf(c: Context): string | undefined {
  const { incoming }: Partial<HttpBindings> = c.env ?? {};
  return incoming ? plain(incoming.socket.remoteAddress) : c.req.header(PEER) || undefined;
}

/** An IPv4 address in the usual form, even if an IPv6 socket received it (RFC 4291, 2.5.5.2). */
function plain(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=[0-9.]+$)/, "");
}
