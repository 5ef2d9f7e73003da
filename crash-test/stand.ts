import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningServer, startServer } from "@/e2e/server";
import { brokenRules } from "@/e2e/store-check";
import { newRunStore, type StoreName } from "@/scripts/run-store";
import { type AgentProcess, agentProcess } from "./agent-process";
import { openRelay, type Relay } from "./relay";

/** A server on a store, an agent, and the relay between them and everyone. */
export type Stand = {
  relay: Relay;
  agent: AgentProcess;
  server(): RunningServer;
  license: string;
  key: string;
  /** Kills the server at once; from then on the relay leads nowhere. */
  killServer(): Promise<void>;
  /** Starts a server on the same store and points the relay to it. */
  startServer(): Promise<void>;
  /** One request to the management API. */
  ask<Body>(path: string, body?: object): Promise<Body>;
  /** Runs `signet check` on the store, once no server has it open; returns the broken rules. */
  check(): Promise<string>;
  close(): Promise<void>;
};

const ALLOTMENTS = {
  product: "QSEfW",
  customer: "Torture",
  allotments: [
    {
      name: "analyzer_time",
      usage: { class: "time", minimum: 5 },
      provisions: [{ accessType: "analyzer" }],
      units: [{ count: 1_000_000, valid: "" }],
    },
    {
      name: "professional",
      usage: { class: "assigned", minimum: 1 },
      provisions: [{ accessType: "professional" }],
      units: [{ count: 100_000, valid: "" }],
    },
  ],
};

export async function openStand(store: StoreName): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), "signet-torture-"));
  const place = await newRunStore(store);
  const settings = { ...place.settings, LOG_LEVEL: "error" };
  const relay = await openRelay();
  let server = await startServer(settings);
  relay.leadTo(server.door);
  const ask = <Body>(path: string, body?: object) => asked<Body>(server, path, body);
  const { number: license } = await ask<{ number: string }>("/licenses", ALLOTMENTS);
  const { key } = await ask<{ key: string }>(`/licenses/${license}/keys`, { label: "torture" });
  const agent = agentProcess(relay.url, join(folder, "agent"));
  await agent.start();
  await agent.client().enterKey(key);
  return {
    ...{ relay, agent, license, key, ask },
    server: () => server,
    killServer() {
      relay.leadTo(null);
      return server.kill();
    },
    async startServer() {
      server = await startServer(settings);
      relay.leadTo(server.door);
    },
    check: () => brokenRules(settings),
    async close() {
      await agent.close();
      await server.kill();
      await relay.close();
      await place.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function asked<Body>(
  { console: base, token }: RunningServer,
  path: string,
  body?: object,
): Promise<Body> {
  const response = await fetch(`${base}/api/v1/admin${path}`, {
    method: body ? "POST" : "GET",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
  return response.json();
}
