import { once } from "node:events";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { newApp } from "./http";
import { metricsText } from "./metrics";

const LOOPBACK = "127.0.0.1";

/**
 * Opens `/metrics` without a credential on a port of its own, which only this machine can reach. Returns a function
 * that closes it.
 */
export async function openMetrics(port: number | undefined, clock: () => Date): Promise<() => void> {
  if (port === undefined) return () => {};
  const app = newApp();
  app.get("/metrics", async (c) => {
    const { text, contentType } = await metricsText(clock());
    return c.body(text, 200, { "Content-Type": contentType });
  });
  const server = createServer(
    getRequestListener(app.fetch, { overrideGlobalObjects: false, hostname: LOOPBACK }),
  );
  await once(server.listen(port, LOOPBACK), "listening");
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
