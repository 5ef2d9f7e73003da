import { rmSync } from "node:fs";
import type { FullConfig } from "@playwright/test";
import { provideBrowser } from "./browser";
import { leaksInOutput, leaksOnDisk } from "./canary";
import { recordResponses, undescribed } from "./described";
import { createOwner, OWNER, type SignedIn } from "./owner";
import type { RunningServer } from "./server";
import { brokenRules } from "./store-check";
import { STORES, type StoredServer, type StoreName, startOn } from "./stores";

/** Facts about a running server, which reach the workers through the environment. */
export type Target = Pick<RunningServer, "console" | "door" | "token"> & {
  owner: SignedIn;
};

/**
 * Starts one server per tested store. The returned function stops them, checks what they stored, looks for leaks, and
 * for responses that the OpenAPI document doesn't describe.
 */
export default async function globalSetup(config: FullConfig) {
  await provideBrowser().catch(({ message }: Error) => console.error(message));
  const responses = recordResponses();
  const running = await Promise.all(storesOf(config).map(startStore));
  const document = await openApiOf(running[0]?.stored.server.console);
  const targets = Object.fromEntries(running.map(({ store, target }) => [store, target]));
  process.env.E2E_TARGETS = JSON.stringify(targets);
  return async () => {
    const faults = (await Promise.all(running.map(stopStore))).flat();
    faults.push(...(await undescribed(responses, document)));
    if (faults.length > 0) throw new Error(faults.join("\n"));
  };
}

/** The stores of the requested projects, which Playwright itself doesn't tell. */
function storesOf({ projects }: FullConfig): StoreName[] {
  const asked = [...process.argv.join(" ").matchAll(/--project[= ](\S+)/g)].map(([, name]) => name);
  const names = asked.length > 0 ? asked : projects.map(({ name }) => name);
  return STORES.filter((store) => names.includes(store));
}

async function openApiOf(console = ""): Promise<unknown> {
  return (await fetch(`${console}/api/openapi.json`)).json();
}

async function startStore(store: StoreName) {
  const stored = await startOn[store]();
  const { console, door, token } = stored.server;
  const target: Target = { console, door, token, owner: await createOwner(stored.server) };
  return { store, stored, target };
}

async function stopStore({
  store,
  stored,
  target,
}: Awaited<ReturnType<typeof startStore>>): Promise<string[]> {
  try {
    return (await faultsAtEnd(stored)).map((fault) => `${store}: ${fault}`);
  } finally {
    await stored.remove();
    if ("storageState" in target.owner) rmSync(target.owner.storageState, { force: true });
  }
}

async function faultsAtEnd({ server, settings, folder, settle }: StoredServer): Promise<string[]> {
  const code = await server.stop();
  const broken = await brokenRules(settings);
  await settle();
  const secrets = [server.token, OWNER.password];
  return [
    ...(code === 0 ? [] : [`SIGTERM ended the server with ${code}, not with 0.`]),
    ...(broken ? [broken] : []),
    ...leaksInOutput(server.output(), secrets),
    ...leaksOnDisk(folder, secrets),
  ];
}
