import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type RunningServer, startServer } from "@/e2e/server";
import { freePort } from "@/scripts/free-port";
import { balancer } from "./balancer";
import type { Stage } from "./scenario";

const CONFIG = join(dirname(import.meta.dirname), "ops/haproxy/haproxy.cfg");
const SERVERS = / {2}server one 10\.0\.0\.11:(300[01])\n {2}server two 10\.0\.0\.12:\1\n/g;

/** Servers on one store behind HAProxy, whose console and product API have one address each. */
export type Balanced = {
  console: string;
  door: string;
  servers: RunningServer[];
  server(nth: number): RunningServer;
  /** Starts a server that ended, on its previous ports. */
  restart(nth: number): Promise<void>;
};

/** HAProxy has the configuration that we publish. */
export async function balanced(
  stage: Stage,
  settings: Record<string, string>,
  count: number,
): Promise<Balanced> {
  const servers: RunningServer[] = [];
  stage.atEnd(() => Promise.all(servers.map((server) => server.kill())));
  const all = { ...settings, TRUST_PROXY: "true" };
  for (let nth = 0; nth < count; nth += 1) servers.push(await startServer(all));
  const [console, products] = [await freePort(), await freePort()];
  await balancer(stage, configured(servers, console, products), products);
  const server = (nth: number) => {
    const found = servers[nth];
    if (!found) throw new Error(`There is no server ${nth}.`);
    return found;
  };
  return {
    console: `http://127.0.0.1:${console}`,
    door: `http://127.0.0.1:${products}`,
    ...{ servers, server },
    async restart(nth) {
      const { console, door } = server(nth);
      servers[nth] = await startServer({ ...all, PORT: portOf(console), PROTOCOL_PORT: portOf(door) });
    },
  };
}

/** Our configuration with the addresses of this run, and without the certificate, which isn't tested here. */
function configured(servers: RunningServer[], console: number, products: number): string {
  const lineOf = (server: RunningServer, nth: number, port: string) =>
    `  server signet${nth + 1} 127.0.0.1:${portOf(port === "3000" ? server.console : server.door)}\n`;
  return readFileSync(CONFIG, "utf8")
    .replace(/bind :443 ssl crt .*/, `bind 127.0.0.1:${console}`)
    .replace(/bind :8443 ssl crt .*/, `bind 127.0.0.1:${products}`)
    .replace(SERVERS, (_, port: string) => servers.map((server, nth) => lineOf(server, nth, port)).join(""));
}

function portOf(url: string): string {
  return new URL(url).port;
}
