import { closeSync, fsyncSync, openSync, readSync, renameSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { LOG_KINDS, type LogKind } from "@/domain/offline/offline-log";
import type { NewLine } from "./offline-terms";
import type { Store } from "./store";

/** The logs as files that people carry to the backend. */
export type LogFiles = {
  /** Appends lines that the store has already. */
  append(lines: readonly NewLine[]): void;
  /** Why a file couldn't be written; it is written in full as soon as possible. */
  fault(): string | null;
  pathOf(kind: LogKind): string;
};

type How = { isFast?: boolean | undefined };

/**
 * The store is authoritative: a file that was moved away, cut, or couldn't be written is written again from it. Lines
 * are appended and flushed to the disk before any caller gets a result.
 */
export function openLogFiles(
  folder: string,
  store: Pick<Store, "lines">,
  { isFast = false }: How = {},
): LogFiles {
  const sizes = new Map<LogKind, number>();
  let fault: string | null = null;
  const pathOf = (kind: LogKind) => logFile(folder, kind);
  const sync = (file: number) => isFast || fsyncSync(file);

  const write = (path: string, texts: Iterable<string>, flags: "a" | "w") => {
    const file = openSync(path, flags, 0o600);
    try {
      let size = 0;
      for (const text of texts) size += writeSync(file, `${text}\n`);
      sync(file);
      return size;
    } finally {
      closeSync(file);
    }
  };

  const rewrite = (kind: LogKind) => {
    const path = pathOf(kind);
    const size = write(`${path}.new`, store.lines(kind, 0), "w");
    renameSync(`${path}.new`, path);
    sizes.set(kind, size);
  };

  const appendTo = (kind: LogKind, texts: readonly string[]) => {
    const size = sizes.get(kind);
    if (size === undefined || sizeOf(pathOf(kind)) !== size) return rewrite(kind);
    sizes.delete(kind);
    sizes.set(kind, size + write(pathOf(kind), texts, "a"));
  };

  const guarded = (work: () => void) => {
    try {
      work();
      fault = null;
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
    }
  };

  /** A file that the store doesn't know belongs to an earlier store: it is kept beside the new one. */
  const check = (kind: LogKind) => {
    const path = pathOf(kind);
    const size = sizeOf(path);
    const isNew = store.lines(kind, 0)[Symbol.iterator]().next().done;
    if (isNew && size) renameSync(path, `${path}.${Math.trunc(statSync(path).mtimeMs)}`);
    if (isNew || size === undefined || !isWhole(path, size, store, kind)) rewrite(kind);
    else sizes.set(kind, size);
  };

  guarded(() => LOG_KINDS.forEach(check));

  return {
    append(lines) {
      guarded(() => {
        for (const kind of LOG_KINDS) {
          const texts = lines.filter((line) => line.kind === kind).map(({ text }) => text);
          if (texts.length > 0) appendTo(kind, texts);
        }
      });
    },
    fault: () => fault,
    pathOf,
  };
}

export function logFile(folder: string, kind: LogKind): string {
  return join(folder, `${kind}.jsonl`);
}

/** Whether a file has every line of the store, byte for byte. */
function isWhole(path: string, size: number, store: Pick<Store, "lines">, kind: LogKind): boolean {
  const file = openSync(path, "r");
  try {
    let at = 0;
    for (const text of store.lines(kind, 0)) {
      const expected = Buffer.from(`${text}\n`);
      const found = Buffer.alloc(expected.length);
      readSync(file, found, 0, found.length, at);
      if (!found.equals(expected)) return false;
      at += expected.length;
    }
    return at === size;
  } finally {
    closeSync(file);
  }
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}
