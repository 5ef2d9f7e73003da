import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { createOwner } from "@/e2e/owner";
import type { RunningServer } from "@/e2e/server";
import { manage, type Reply } from "@/faults/deployment";
import type { Target } from "./callers";
import { type Running, repeated } from "./repeated";
import type { Stand } from "./stand";

const PAGE_EVERY_MS = 2000;
const READ_EVERY_MS = 1000;
const WRITE_EVERY_MS = 20_000;
const RELOAD_MS = 5000;

/** An owner who looks at pages, a program that reads the management API, and another that issues and revokes keys. */
export async function startPeople({ server: running, sites, target }: Stand): Promise<Running[]> {
  const server = running();
  const licenses = sites.map(({ license }) => license);
  const cookie = await signIn(server);
  const pages = inTurn(licenses, (license) => [
    ...["/", "/licenses", "/users", "/audit", "/customers", "/alerts"],
    ...[`/licenses/${license}`, `/licenses/${license}/assignments`, `/licenses/${license}/capacity`],
  ]);
  const reads = inTurn(licenses, (license) => [
    ...["/licenses?limit=50", "/audit?limit=50", "/customers?limit=50", `/licenses/${license}`],
    ...[`/licenses/${license}/usage`, `/licenses/${license}/assignments?limit=200`],
    ...[`/licenses/${license}/deployments`, `/licenses/${license}/keys`],
  ]);
  const writes = inTurn(licenses, (license) => [license]);
  return [
    repeated(PAGE_EVERY_MS, () => openPage(target, server.console + pages(), cookie)),
    repeated(READ_EVERY_MS, () => acknowledgedTo(target, () => manage(server, "GET", reads()))),
    repeated(WRITE_EVERY_MS, () => replaceKey(server, writes(), target)),
  ];
}

async function signIn(server: RunningServer): Promise<string> {
  const owner = await createOwner(server);
  if ("fault" in owner) throw new Error(owner.fault);
  const { cookies }: { cookies: { name: string; value: string }[] } = JSON.parse(
    readFileSync(owner.storageState, "utf8"),
  );
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** Loads a page again, as a person would, if the server can't serve it at the moment. */
async function openPage(target: Target, url: string, cookie: string): Promise<void> {
  for (;;) {
    const response = await fetch(url, { headers: { cookie }, redirect: "manual" });
    await response.text();
    if (response.status === 200) return;
    if (response.status !== 503) throw new Error(`${url} answered ${response.status}.`);
    target.refused += 1;
    await pause(RELOAD_MS);
  }
}

async function replaceKey(server: RunningServer, license: string, target: Target): Promise<void> {
  const ask = (path: string, body: object) =>
    acknowledgedTo(target, () => manage(server, "POST", path, body));
  const { body } = await ask(`/licenses/${license}/keys`, { label: "load" });
  const { jti } = body as { jti: string };
  await ask(`/keys/${jti}/revoke`, { reason: "load" });
}

/** Asks again if the server says so: a change waits three seconds at most for a sync of 5,000 changes. */
async function acknowledgedTo(target: Target, ask: () => Promise<Reply>): Promise<Reply> {
  for (;;) {
    const reply = await ask();
    if (reply.status < 400) return reply;
    if (reply.status !== 503) throw new Error(JSON.stringify(reply));
    target.refused += 1;
    await pause(reply.retryAfter * 1000);
  }
}

/** The paths of one license after the other. */
function inTurn(licenses: readonly string[], of: (license: string) => string[]): () => string {
  const all = licenses.flatMap(of);
  let nth = -1;
  return () => {
    nth += 1;
    return all[nth % all.length] ?? "";
  };
}
