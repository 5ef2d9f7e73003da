import { mkdirSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join, relative, resolve } from "node:path";

/** The limit of macOS; Linux allows a little more. */
const MAX_SOCKET_PATH = 103;
const ABANDONED_MS = 10_000;
/** Windows removes a pipe with its process, so none is left to take over. */
const isPipe = process.platform === "win32";

/** A program that holds folders: its name, the name of its socket there, and the setting that names the folder. */
export type Holder = { program: string; socket: string; setting: string };

/** The error of a second process: a folder belongs to one process at a time. */
export class FolderInUse extends Error {
  constructor(folder: string, { program, setting }: Holder) {
    super(
      `The folder ${folder} is in use by a running ${program}. Stop that one first, or give this one its own ${setting}.`,
    );
    this.name = "FolderInUse";
  }
}

/**
 * Holds a folder for this process with a listening socket in it (on Windows a named pipe). The kernel closes the
 * socket with the process, so it is right even after SIGKILL, unlike a pid file. Returns a function that releases the
 * folder; throws `FolderInUse` for a second process.
 */
export async function holdFolder(folder: string, holder: Holder): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = socketIn(folder, holder);
  const server = (await listen(path)) ?? (await takeOver(path));
  if (!server) throw new FolderInUse(folder, holder);
  server.unref();
  return () => new Promise((done) => server.close(() => done()));
}

/** The shorter of the absolute and the relative path: the system would silently cut a path that is too long. */
export function socketIn(folder: string, { socket, setting }: Omit<Holder, "program">): string {
  const path = join(resolve(folder), socket);
  if (isPipe) return `\\\\.\\pipe\\${path.replace(/[\\:]/g, "-")}`;
  const near = relative(process.cwd(), path);
  const shorter = near.length < path.length ? near : path;
  if (Buffer.byteLength(shorter) > MAX_SOCKET_PATH)
    throw new Error(`The path of ${setting} is too long: ${folder}. Choose a shorter one.`);
  return shorter;
}

/**
 * If several find the socket of a dead process, only one removes it; otherwise the second would remove the first
 * one's new socket.
 */
async function takeOver(path: string): Promise<Server | null> {
  const guard = `${path}.takeover`;
  if (isPipe || !claims(guard)) return null;
  try {
    if (await answers(path)) return null;
    rmSync(path, { force: true });
    return await listen(path);
  } finally {
    rmSync(guard, { recursive: true, force: true });
  }
}

/**
 * Creating a folder succeeds for only one process. A guard is held for milliseconds, so an old one was left by a
 * killed process.
 */
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

function answers(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path);
    socket.once("connect", () => done(true)).once("error", () => done(false));
    socket.once("connect", () => socket.destroy());
  });
}
