import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { build } from "./build.mjs";
import { isBuilt } from "./build-mark.mjs";
import { load } from "./bundle.mjs";
import { ensureClient } from "./client.mjs";
import { ROOT } from "./installation.mjs";

/**
 * Checks everything it can before opening anything, builds if needed, and starts the console and the product API in
 * this process.
 */
export async function serve({ isDev, mayBuild }) {
  try {
    await begin({ isDev, mayBuild });
  } catch (error) {
    fail(error.message);
  }
}

async function begin({ isDev, mayBuild }) {
  process.env.NODE_ENV = isDev ? "development" : "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  const { checkStart } = await load("server/store/start-checks.ts");
  const checked = await checkStart(process.env);
  const { settings, address, hasStore, timeouts } = checked;
  await prepare({ isDev, mayBuild });
  if (!hasStore) say(`Creating the store in ${settings.DATA_DIR}.`);
  const { default: next } = await import("next");
  const app = next({ dev: isDev, dir: ROOT, hostname: "localhost", port: settings.PORT });
  await (isDev ? app.prepare() : quietly(() => app.prepare()));
  const server = createServer(timeouts, listener(app, isDev ? null : builtActions()));
  if (isDev) server.on("upgrade", app.getUpgradeHandler());
  await listen(server, settings);
  const { port } = server.address();
  globalThis.signetConsole = { port };
  const running = await firstRequest(address(port));
  running.adopt(server);
  announce(checked, port, running);
  endOnSignals(running);
}

async function prepare({ isDev, mayBuild }) {
  if (isDev) return ensureClient();
  if (!mayBuild && !isBuilt())
    throw new Error(
      'The build is missing, incomplete or of another version. Run "npm run build", or start without --no-build.',
    );
  await build({ say });
}

/** Tools print messages that don't interest a person who starts a server. */
async function quietly(work) {
  const { log } = console;
  console.log = () => {};
  try {
    return await work();
  } finally {
    console.log = log;
  }
}

function listener(app, actions) {
  const answer = app.getRequestHandler();
  return (request, response) => {
    request.headers.host ||= "localhost"; // HTTP/1.0, as simple checks of load balancers speak it, sends no host.
    const running = globalThis.signetRunning;
    if (running) void running.screen(request, response, answer, actions);
    else answer(request, response);
  };
}

/** The ids of the server actions of this build. */
function builtActions() {
  const manifest = readFileSync(join(ROOT, ".next/server/server-reference-manifest.json"), "utf8");
  return new Set(Object.keys(JSON.parse(manifest).node));
}

function listen(server, { PORT, HOST }) {
  return new Promise((done, broken) => {
    server.once("error", broken);
    server.listen(PORT, HOST, done);
  });
}

/** Next registers its instrumentation, which opens the store and the product API, with its first request. */
async function firstRequest(base) {
  const { ok } = await fetch(`${base}/health`);
  if (!ok || !globalThis.signetRunning) throw new Error("The console isn't responding.");
  return globalThis.signetRunning;
}

/** Next keeps a process alive whose start threw: it must end, with its reason. */
function fail(reason) {
  process.stderr.write(`Signet can't start. ${reason}\n`);
  process.exit(1);
}

function announce({ settings, host }, port, { door, place, setupLink }) {
  const lines = [
    "",
    "  Signet is ready.",
    `  Console       ${process.env.PUBLIC_URL ? settings.PUBLIC_URL : `http://${host}:${port}`}`,
    `  Product API   ${door.secure ? "https" : "http"}://${host}:${door.port}`,
    `  Data          ${place}`,
  ];
  if (setupLink)
    lines.push("", "  Create the first owner with this link; it works once, for an hour:", `  ${setupLink}`);
  say(`${lines.join("\n")}\n`);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

/** A launcher and a terminal may both pass on one signal; an interrupt ends the grace period of a SIGTERM. */
function endOnSignals(running) {
  let isEnding = false;
  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      if (signal === "SIGINT") running.hurry();
      if (!isEnding) void stop(running);
      isEnding = true;
    });
  }
}

/** Answers the accepted requests on both ports, then closes the store. */
async function stop(running) {
  try {
    await running.stop();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`Signet did not stop cleanly. ${error.message}\n`);
    process.exit(1);
  }
}
