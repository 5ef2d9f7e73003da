import { randomBytes, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
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
    const server = await startServer({ DATA_DIR: folder });
    const remove = () => rm(folder, { recursive: true, force: true });
    return { server, folder, settle: async () => {}, remove };
  },
  async postgres() {
    const postgres = await embeddedPostgres();
    try {
      const server = await startServer({ DATABASE_URL: postgres.url(), SIGNET_SECRET: newSecret() });
      return { server, folder: postgres.folder, settle: postgres.stop, remove: postgres.remove };
    } catch (error) {
      await postgres.remove();
      throw error;
    }
  },
};

export function newSecret(): string {
  return randomBytes(32).toString("base64");
}
