// Installs Signet as users do, without development dependencies, and starts it: from a copy of the repository, and
// from the packed package in an empty folder. Takes minutes, so it is part of npm run test:all.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { freePort } from "./free-port";

const READY_MS = 900_000;
const home = mkdtempSync(join(tmpdir(), "signet-installation-"));
const running: ChildProcess[] = [];
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(home, { recursive: true, force: true });
});

const copy = join(home, "copy");
copySources(copy);
npm(copy, "ci", "--omit=dev");
await startsAndEnds(copy, "npm", "start");

npm(copy, "pack", "--pack-destination", home);
const [packed = ""] = readdirSync(home).filter((name) => name.endsWith(".tgz"));
refuseTests(join(home, packed));
const empty = join(home, "empty");
mkdirSync(empty);
npm(empty, "install", "--omit=dev", join(home, packed));
usesClient(empty);
await startsAndEnds(empty, "npx", "signet", "serve");
console.log("Both installations started and ended.");

/** Copies the files that git tracks, as they are in the working tree. */
function copySources(to: string): void {
  const names = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--deduplicate"], {
    encoding: "utf8",
  });
  for (const name of names.trim().split("\n")) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    cpSync(name, join(to, name));
  }
}

function npm(cwd: string, ...args: string[]): void {
  console.log(`npm ${args.join(" ")}`);
  execFileSync("npm", [...args, "--no-audit", "--no-fund"], { cwd, stdio: ["ignore", "ignore", "inherit"] });
}

function refuseTests(archive: string): void {
  const names = execFileSync("tar", ["tzf", archive], { encoding: "utf8" }).split("\n");
  const unwanted = names.filter((name) => /\.test\.|\/test-|\.map$|\/cache\//.test(name));
  if (unwanted.length > 0) throw new Error(`The package has files that nobody runs:\n${unwanted.join("\n")}`);
}

/** The types of the packed client compile a right program and no wrong one, and the program runs. */
function usesClient(cwd: string): void {
  const program = (path: string) =>
    `import { createClient } from "signet/client";\nconst client = createClient({ baseUrl: "http://localhost" });\nexport const call = () => client.GET("${path}");\n`;
  writeFileSync(join(cwd, "right.mts"), program("/health"));
  writeFileSync(join(cwd, "wrong.mts"), program("/wealth"));
  const compile = (file: string) =>
    execFileSync("npx", ["tsc", "--module", "nodenext", "--target", "es2022", "--strict", file], { cwd });
  compile("right.mts");
  execFileSync("node", ["right.mjs"], { cwd });
  try {
    compile("wrong.mts");
  } catch {
    return;
  }
  throw new Error("The packed client has no types.");
}

/** Waits until both ports are ready, then ends it as a supervisor does: SIGTERM to the process that was started. */
async function startsAndEnds(cwd: string, command: string, ...args: string[]): Promise<void> {
  const [port, protocolPort] = [await freePort(), await freePort()];
  console.log([command, ...args].join(" "));
  const env = {
    ...process.env,
    PORT: `${port}`,
    PROTOCOL_PORT: `${protocolPort}`,
    DATA_DIR: join(cwd, "data"),
  };
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "inherit", "inherit"] });
  running.push(child);
  await ready(`http://localhost:${protocolPort}/ready`, child);
  child.kill("SIGTERM");
  await once(child, "exit");
  await gone(`http://localhost:${protocolPort}/health`);
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + READY_MS; Date.now() < end && child.exitCode === null; await pause())
    if (await answers(url)) return;
  throw new Error("The server did not become ready.");
}

async function gone(url: string): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await pause()) if (!(await answers(url))) return;
  throw new Error("The server was left running.");
}

const pause = () => new Promise((done) => setTimeout(done, 200));
const answers = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
