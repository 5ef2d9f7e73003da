import { randomBytes, randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { embeddedPostgres } from "@/scripts/postgres";
import { type RunningServer, startServer } from "./server";

export const STORES = ["pglite", "postgres"] as const;
export type StoreName = (typeof STORES)[number];

/** A server on a new store of its own. */
export type StoredServer = {
  server: RunningServer;
  /** Where the store keeps its bytes. */
  folder: string;
  /** Brings everything to the disk, once the server has stopped. */
  settle(): Promise<void>;
  remove(): Promise<void>;
};

export const startOn: Record<StoreName, () => Promise<StoredServer>> = {
  async pglite() {
    const folder = join(tmpdir(), `signet-e2e-${randomUUID()}`);
    const drop = () => rmSync(folder, { recursive: true, force: true });
    process.once("exit", drop);
    const server = await startServer({ DATA_DIR: folder });
    return { server, folder, settle: async () => {}, remove: async () => drop() };
  },
  async postgres() {
    const postgres = await embeddedPostgres();
    const server = await startServer({ DATABASE_URL: postgres.url(), SIGNET_SECRET: newSecret() });
    return { server, folder: postgres.folder, settle: postgres.stop, remove: postgres.remove };
  },
};

export function newSecret(): string {
  return randomBytes(32).toString("base64");
}
