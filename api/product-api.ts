import {
  createServer as createHttpServer,
  type RequestListener,
  type Server,
  type ServerOptions,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { productRoutes } from "@/api/product/app";
import { tlsLimits } from "@/machine/tls-limits";
import { readTlsPair } from "@/machine/tls-pair";
import type { Env } from "@/server/store/env";
import { KEEP_ALIVE } from "@/server/store/keep-alive";
import { log } from "@/server/store/log";
import { drainable } from "./draining";
import { refuseEarly } from "./early-refusals";
import { health } from "./health";
import { newApp } from "./http";
import { setSafeHeaders } from "./safe-headers";

export type ProductApi = { port: number; secure: boolean; close(): Promise<void> };

type Setting = Pick<
  Env,
  "PROTOCOL_PORT" | "HOST" | "TLS_CERT" | "TLS_KEY" | "TLS_CIPHERS" | "TLS_MIN_VERSION"
>;

/** HTTP/1.0, as simple checks of load balancers speak it, sends no host. */
const LISTENER = { overrideGlobalObjects: false, hostname: "localhost" };

type How = { clock: () => Date; isReady: () => Promise<boolean>; timeouts?: ServerOptions };

/**
 * Opens the product API: the protocol and nothing else, on Node's own server and a port of its own. `isReady` says
 * whether the rest of the process serves too; the clock and the timeouts are passed in by tests.
 */
export async function openProductApi(setting: Setting, how: How): Promise<ProductApi> {
  const app = newApp();
  health(app, how.isReady);
  productRoutes(app, how);
  const secure = Boolean(setting.TLS_CERT);
  const listener = getRequestListener(app.fetch, LISTENER);
  const server = createServer(setting, how.timeouts ?? KEEP_ALIVE, (request, response) => {
    setSafeHeaders(response, secure);
    if (!refuseEarly(request, response)) listener(request, response);
  });
  const close = drainable(server);
  await listening(server, setting);
  if (!secure) warnOfClearKeys(server);
  const { port } = server.address() as AddressInfo;
  return { port, secure, close };
}

function createServer(setting: Setting, timeouts: ServerOptions, listener: RequestListener): Server {
  const { TLS_CERT, TLS_KEY, TLS_CIPHERS, TLS_MIN_VERSION } = setting;
  if (!TLS_CERT || !TLS_KEY) return createHttpServer(timeouts, listener);
  const pair = readTlsPair({ TLS_CERT, TLS_KEY });
  const limits = tlsLimits(TLS_CIPHERS, TLS_MIN_VERSION);
  if (limits.maxVersion === "TLSv1.2")
    log().warn("TLS 1.3 is off, because TLS_CIPHERS names none of its suites");
  return createHttpsServer({ ...timeouts, ...pair, dhparam: "auto", ...limits }, listener);
}

function listening(server: Server, { PROTOCOL_PORT, HOST }: Setting): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(PROTOCOL_PORT, HOST, done);
  });
}

/** Logged once: without TLS, anyone on the network can read the keys of products on other machines. */
function warnOfClearKeys(server: Server): void {
  const check = (socket: { remoteAddress?: string }) => {
    if (/^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? "127.")) return;
    server.off("connection", check);
    log().warn(
      "license keys arrive unencrypted from another machine: set TLS_CERT and TLS_KEY, or put a TLS proxy in front of this port",
    );
  };
  server.on("connection", check);
}
