import { mkdirSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join, relative, resolve } from "node:path";

/** What macOS takes; Linux takes a little more. */
const MAX_SOCKET_PATH = 103;
const ABANDONED_MS = 10_000;

/**
 * Holds a folder for this process with a listening socket in it (on Windows a named pipe), which the system drops
 * with the process. Answers how to let go; a second one is refused with a sentence.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = socketPath(folder);
  const server = (await listen(path)) ?? (await takeOver(path));
  if (!server)
    throw new Error(`The folder ${folder} is in use by another agent. Give this one its own --data.`);
  server.unref();
  return () => new Promise((done) => server.close(() => done()));
}

/** The shorter of two forms: a longer path than the system takes would be cut without a word. */
function socketPath(folder: string): string {
  const path = join(resolve(folder), "agent.sock");
  if (process.platform === "win32") return `\\\\.\\pipe\\${path.replace(/[\\:]/g, "-")}`;
  const near = relative(process.cwd(), path);
  const shorter = near.length < path.length ? near : path;
  if (Buffer.byteLength(shorter) > MAX_SOCKET_PATH)
    throw new Error(`The path of the folder is too long: ${folder}. Choose a shorter one for --data.`);
  return shorter;
}

/** Of several that find the socket of a dead process one removes it; else the second would remove the first one's. */
async function takeOver(path: string): Promise<Server | null> {
  const guard = `${path}.takeover`;
  if (process.platform === "win32" || !claims(guard)) return null;
  try {
    if (await isAnswered(path)) return null;
    rmSync(path, { force: true });
    return await listen(path);
  } finally {
    rmSync(guard, { recursive: true, force: true });
  }
}

/** Making a folder succeeds for one only; an old guard was left by a killed process. */
function claims(guard: string): boolean {
  try {
    mkdirSync(guard);
    return true;
  } catch {
    const made = statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made < ABANDONED_MS) return false;
    rmSync(guard, { recursive: true, force: true });
    return claims(guard);
  }
}

function listen(path: string): Promise<Server | null> {
  return new Promise((done, fail) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? done(null) : fail(error),
    );
    server.listen(path, () => done(server));
  });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path, () => {
      socket.destroy();
      done(true);
    });
    socket.once("error", () => done(false));
  });
}
