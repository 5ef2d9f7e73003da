import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { PGlite } from "@electric-sql/pglite";

/**
 * The progress of an embedded store: the identity of its folder, and its position in the write-ahead log, which only
 * grows.
 */
type Position = { fingerprint: string; position: number };

/** Recorded beside the folder of an embedded store, so that it isn't copied with the folder. */
export type Seen = {
  /** Whether another store, or a later state of this one, was open in its place: then this one was restored. */
  isBehind(): Promise<boolean>;
  /** Records the store's progress. If nothing can be written beside the folder, nothing is recorded. */
  note(): Promise<void>;
};

export function seenBeside(folder: string, lite: PGlite): Seen {
  const path = `${resolve(folder)}.seen`;
  const position = async () => {
    const { rows } = await lite.query<{ position: number }>(
      "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::float8 AS position",
    );
    return { fingerprint: folderFingerprint(folder), position: rows[0]?.position ?? 0 };
  };
  return {
    async isBehind() {
      const seen = readSeen(path);
      if (!seen) return false;
      const found = await position();
      return seen.fingerprint !== found.fingerprint || seen.position > found.position;
    },
    note: async () => writeSeen(path, await position()),
  };
}

/** The identity of a folder: a copy has a different one. */
export function folderFingerprint(folder: string): string {
  if (folder === "memory://") return folder;
  const { dev, ino, birthtimeMs } = statSync(/* turbopackIgnore: true */ `${folder}/pg/global/pg_control`);
  return `${dev}/${ino}/${birthtimeMs}`;
}

function writeSeen(path: string, position: Position): void {
  try {
    writeFileSync(/* turbopackIgnore: true */ `${path}.new`, JSON.stringify(position), { mode: 0o600 });
    renameSync(/* turbopackIgnore: true */ `${path}.new`, path);
  } catch {
    // The folder above may be read-only, as in a container: then only deployments can reveal a restore.
  }
}

function readSeen(path: string): Position | null {
  try {
    const seen: unknown = JSON.parse(readFileSync(/* turbopackIgnore: true */ path, "utf8"));
    const { fingerprint, position } = (seen ?? {}) as { [Member in keyof Position]?: unknown };
    return typeof fingerprint === "string" && typeof position === "number" ? { fingerprint, position } : null;
  } catch {
    return null;
  }
}
