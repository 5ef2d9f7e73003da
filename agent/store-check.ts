import { type ExecFileException, execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { createRequire } from "node:module";

const PATIENCE_MS = 60_000;

/** The number of writes to the copy: pages that one commit frees are reused by the commit after the next. */
const COMMITS = 4;

/**
 * Reads a copy in full and writes it again a few times, so that its free pages are used too. A range read ends early,
 * without an error, at a damaged page: so the entries are counted. In plain JavaScript, so that it starts without a
 * compiler.
 */
const PROBE = `
const [, path, lmdb] = process.argv;
const db = require(lmdb).open({ path, encoding: "json" });
const { entryCount } = db.getStats();
const keys = [...db.getRange({})].map(({ key }) => key);
if (keys.length !== entryCount) throw new Error(keys.length + " of its " + entryCount + " entries can be read");
for (let commit = 0; commit < ${COMMITS}; commit++)
  db.transactionSync(() => keys.forEach((key) => db.putSync(key, "commit " + commit)));
db.close();
`;

/**
 * Why the file of a store can't be used; null if it can. lmdb maps a file into memory and trusts it, so a damaged
 * file kills the process that uses it with a signal: that is another process, which works with a copy.
 */
export async function damageOf(path: string): Promise<string | null> {
  const copy = `${path}.check`;
  removeCopy(copy);
  try {
    await copyFile(path, copy);
    return await damageOfCopy(copy);
  } finally {
    removeCopy(copy);
  }
}

function removeCopy(copy: string): void {
  for (const file of [copy, `${copy}-lock`]) rmSync(file, { force: true });
}

function damageOfCopy(copy: string): Promise<string | null> {
  const lmdb = createRequire(import.meta.url).resolve("lmdb");
  const env = { ...process.env, NODE_OPTIONS: "" };
  const options = { timeout: PATIENCE_MS, env, windowsHide: true };
  return new Promise((done) => {
    execFile(process.execPath, ["-e", PROBE, copy, lmdb], options, (error, _, told) =>
      done(error && reasonOf(error, told)),
    );
  });
}

function reasonOf({ signal, code }: ExecFileException, told: string): string {
  if (signal) return `reading it ended with ${signal}`;
  const [line] = /^\w*Error: .+$/m.exec(told) ?? [];
  return line ?? `reading it ended with ${code}`;
}
