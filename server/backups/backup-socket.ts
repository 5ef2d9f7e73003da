import { rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { socketIn } from "@/machine/locked-folder";
import { log } from "@/server/store/log";
import type { OneTransaction } from "@/server/store/one-transaction";
import { dumpedLines } from "./dump";

const SOCKET = { socket: "backup.sock", setting: "DATA_DIR" };
/** A reader that takes nothing for so long loses its turn: the store serves nobody else meanwhile. */
const STALLED_MS = 10_000;
const END = /\n\{"rows":\d+\}\n$/;

/**
 * Lets `signet backup` read the embedded store that this process holds, through a socket in its folder that only its
 * owner can open. Returns how to end that.
 */
export async function offerDumps(folder: string, transaction: OneTransaction): Promise<() => void> {
  const path = socketIn(folder, SOCKET);
  if (process.platform !== "win32") rmSync(/* turbopackIgnore: true */ path, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    void dump(socket, transaction).finally(() => open.delete(socket));
  });
  await new Promise<void>((done, fail) => server.once("error", fail).listen(path, done));
  server.unref();
  return () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
}

async function dump(socket: Socket, transaction: OneTransaction): Promise<void> {
  socket.setTimeout(STALLED_MS, () => socket.destroy(new Error("The reader of the backup has stalled.")));
  try {
    await transaction((tx) => pipeline(Readable.from(dumpedLines(tx)), socket));
  } catch (error) {
    socket.destroy();
    log().warn({ reason: error instanceof Error ? error.message : String(error) }, "a backup was cut off");
  }
}

/** What a running server dumps of the embedded store in the folder; null if it offers nothing. */
export async function dumpFromServer(folder: string): Promise<AsyncIterable<string> | null> {
  const socket = connect(socketIn(folder, SOCKET)).setEncoding("utf8");
  const isThere = await new Promise<boolean>((done) =>
    socket.once("connect", () => done(true)).once("error", () => done(false)),
  );
  return isThere ? complete(socket) : null;
}

async function* complete(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let tail = "";
  for await (const chunk of chunks) {
    tail = (tail + chunk).slice(-100);
    yield chunk;
  }
  if (!END.test(tail)) throw new Error("The server ended the backup early; its log says why.");
}
