import type { Server } from "node:http";
import { Server as SecureServer } from "node:https";
import type { Socket } from "node:net";
import { isEnding } from "./ending";

/** The longest drain, in milliseconds: more than any request may take. */
const LONGEST_MS = 20_000;
const EVERY_MS = 50;
/** How long a new connection may stay silent during shutdown: a browser opens some in advance. */
const SILENT_MS = 1000;

/** Watches a server's connections. Returns a function that ends it: accepted requests are answered, then it is closed. */
export function drainable(server: Server): () => Promise<void> {
  const silent = silentSockets(server);
  server.prependListener("request", (_, response) => {
    if (isEnding()) response.shouldKeepAlive = false;
  });
  return () =>
    new Promise((done) => {
      const sweep = setInterval(() => {
        server.closeIdleConnections();
        for (const [socket, since] of silent) if (Date.now() - since > SILENT_MS) socket.destroy();
      }, EVERY_MS);
      const deadline = setTimeout(() => server.closeAllConnections(), LONGEST_MS);
      server.close(() => {
        clearInterval(sweep);
        clearTimeout(deadline);
        done();
      });
      server.closeIdleConnections();
    });
}

/** Connections that have sent no request yet, with their age; Node counts them as busy. */
function silentSockets(server: Server): Map<Socket, number> {
  const silent = new Map<Socket, number>();
  server.on(server instanceof SecureServer ? "secureConnection" : "connection", (socket: Socket) => {
    silent.set(socket, Date.now());
    socket.once("close", () => silent.delete(socket));
  });
  server.prependListener("request", ({ socket }) => silent.delete(socket));
  return silent;
}
