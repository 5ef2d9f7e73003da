import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { type Agent, type AgentOptions, openAgent } from "./agent";
import { localApi } from "./local-api";
import { isLoopback } from "./local-guard";
import { type OfflineOptions, openOfflineAgent } from "./offline-agent";

type LocalOptions = { port: number; host?: string; token?: string };
export type ServeOptions = AgentOptions & LocalOptions;
export type ServeOfflineOptions = OfflineOptions & LocalOptions;

/** A running agent with its local API. */
export type Served = { agent: Agent; url: string; close(): Promise<void> };

const DEFAULT_HOST = "127.0.0.1";

/** Opens an agent and its local API, on loopback unless another host is named; then it requires a token. */
export async function serveAgent(options: ServeOptions | ServeOfflineOptions): Promise<Served> {
  const { host = DEFAULT_HOST, token, port } = options;
  if (!isLoopback(host) && !token)
    throw new Error("Beyond loopback, the local API needs a token: give one with --token-file or --token.");
  const agent = await ("offline" in options ? openOfflineAgent(options) : openAgent(options));
  const { fetch } = localApi(agent, { host, token });
  const server = createServer(getRequestListener(fetch, { overrideGlobalObjects: false }));
  try {
    await new Promise<void>((done, fail) => server.once("error", fail).listen(port, host, done));
  } catch (error) {
    await agent.close();
    throw error;
  }
  const { port: bound } = server.address() as AddressInfo; // A TCP server's address is always of this form.
  const close = async () => {
    const ended = new Promise((done) => server.close(done));
    server.closeIdleConnections();
    await agent.close();
    server.closeAllConnections();
    await ended;
  };
  return { agent, url: `http://${host === DEFAULT_HOST ? "localhost" : host}:${bound}`, close };
}
