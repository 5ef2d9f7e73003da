import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const SOURCES = [
  "app",
  "api",
  "components",
  "domain",
  "machine",
  "server",
  "prisma",
  "instrumentation.ts",
  "proxy.ts",
  "next.config.js",
  "package.json",
];

/** Builds if needed, starts the console and the product door in this process, and ends with 0 on SIGTERM. */
export async function serve({ dev }) {
  process.env.NODE_ENV = dev ? "development" : "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  if (!dev && !isBuilt()) build();
  if (dev) generate();
  const port = Number(process.env.PORT || 3000);
  const hostname = process.env.HOST || undefined;
  const { default: next } = await import("next");
  const app = next({ dev, dir: process.cwd(), hostname: hostname ?? "localhost", port });
  await app.prepare();
  const answer = app.getRequestHandler();
  const server = createServer((request, response) => {
    if (!globalThis.signetRunning?.refuseEarly(request, response)) answer(request, response);
  });
  if (dev) server.on("upgrade", app.getUpgradeHandler());
  await listen(server, port, hostname);
  globalThis.signetConsole = { port: server.address().port };
  const running = await firstRequest(server.address().port, hostname);
  announce(server.address().port, running);
  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.removeAllListeners(signal);
    process.once(signal, () => stop(server, running));
  }
}

function listen(server, port, hostname) {
  return new Promise((done) => {
    server.once("error", (error) => fail(error.message));
    server.listen(port, hostname, done);
  });
}

/** Next registers its instrumentation, which opens the store and the door, with the first request that it gets. */
async function firstRequest(port, hostname) {
  const { ok } = await fetch(`http://${hostname ?? "127.0.0.1"}:${port}/health`);
  if (!ok || !globalThis.signetRunning) fail("The console does not answer.");
  return globalThis.signetRunning;
}

/** Next keeps a process alive whose start threw: it must end, with its reason. */
export function failStart(error) {
  fail(error.message);
}

function fail(reason) {
  process.stderr.write(`Signet can not start. ${reason}\n`);
  process.exit(1);
}

function announce(port, { door, place, setupLink }) {
  const console = process.env.PUBLIC_URL || `http://localhost:${port}`;
  const lines = [
    "",
    "  Signet is ready.",
    `  Console       ${console}`,
    `  Product door  ${door.secure ? "https" : "http"}://localhost:${door.port}`,
    `  Data          ${place}`,
  ];
  if (setupLink)
    lines.push("", "  Create the first owner with this link; it works once, for an hour:", `  ${setupLink}`);
  process.stdout.write(`${lines.join("\n")}\n\n`);
}

/** Answers what was accepted on both ports, then closes the store. */
async function stop(server, running) {
  try {
    await running.stop(server);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`Signet did not stop cleanly. ${error.message}\n`);
    process.exit(1);
  }
}

function isBuilt() {
  if (!existsSync(".next/BUILD_ID") || !existsSync("prisma/client")) return false;
  const built = statSync(".next/BUILD_ID").mtimeMs;
  return SOURCES.filter((path) => existsSync(path)).every((path) => newest(path) <= built);
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => (name === "client" ? 0 : newest(join(path, name)))));
}

function build() {
  process.stdout.write("Building the console. This happens once.\n");
  generate();
  run("node_modules/next/dist/bin/next", ["build"]);
}

function generate() {
  run("node_modules/prisma/build/index.js", ["generate"]);
}

function run(script, args) {
  const { status } = spawnSync(process.execPath, [script, ...args], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) fail(`${script} failed.`);
}
