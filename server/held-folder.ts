import { mkdirSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join, relative, resolve } from "node:path";

/** The embedded store takes one process at a time; this one came second. */
export class FolderInUse extends Error {
  constructor(folder: string) {
    super(
      `The embedded store in ${folder} is in use by a running Signet. Stop that one first, or give this one its own DATA_DIR.`,
    );
    this.name = "FolderInUse";
  }
}

/**
 * Holds a folder for this process with a listening Unix socket in it. The kernel drops the socket with the
 * process, so it does not lie after SIGKILL as a pid file does. Answers how to let go.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = socketPath(folder);
  const server = (await listen(path)) ?? (await takeOver(path));
  if (!server) throw new FolderInUse(folder);
  server.unref();
  return () => new Promise((done) => server.close(() => done()));
}

/** A socket path may have 107 bytes at most, so the shorter of the two forms is used. */
function socketPath(folder: string): string {
  const path = join(resolve(folder), "lock.sock");
  const near = relative(process.cwd(), path);
  return near.length < path.length ? near : path;
}

async function takeOver(path: string): Promise<Server | null> {
  if (await answers(path)) return null;
  rmSync(path, { force: true });
  return listen(path);
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
