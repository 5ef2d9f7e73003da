import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { CLIENT_ADDRESS } from "@/server/identity/client-address";
import { env } from "@/server/store/env";
import { perProcess } from "@/server/store/per-process";

/**
 * Sets the client's address on every request that reaches this process, overwriting anything the client sent: a route
 * of Next sees no socket. Called once, before the console's port opens.
 */
export function notePeers(): void {
  perProcess("peers-noted", () => {
    subscribe("http.server.request.start", (message) => {
      const { request } = message as { request: IncomingMessage };
      request.headers[CLIENT_ADDRESS] = addressOf(request) ?? "";
    });
    return true;
  });
}

/** The address that a request came from. */
export function readAddress(c: Context): string | undefined {
  const { incoming }: Partial<HttpBindings> = c.env ?? {};
  return incoming ? addressOf(incoming) : c.req.header(CLIENT_ADDRESS) || undefined;
}

/** A proxy's header counts only with TRUST_PROXY, and only its last entry: the client can write those before it. */
function addressOf({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">): string | undefined {
  const forwarded = env().TRUST_PROXY ? [headers["x-forwarded-for"]].flat().join(",") : "";
  return forwarded.split(",").at(-1)?.trim() || plain(socket.remoteAddress);
}

/** An IPv4 address in the usual form, even if an IPv6 socket received it (RFC 4291, 2.5.5.2). */
function plain(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=[0-9.]+$)/, "");
}
