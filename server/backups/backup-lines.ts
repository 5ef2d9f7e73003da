import { z } from "zod";

/**
 * The lines of a backup, each of which is JSON: the beginning, the schema, then for each table a line that names it
 * and one for each row, at last the number of rows. A row is an array of its columns as PostgreSQL writes them.
 */
export const BEGINNING = z.object({
  format: z.literal("signet-backup"),
  version: z.literal(1),
  at: z.iso.datetime(),
  /** SIGNET_SECRET in base64, if the backup is to hold it. */
  secret: z.base64().optional(),
});

export const SCHEMA = z.object({
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })).min(1),
  /** The wrapped data keys of the installation, which only its secret opens. */
  keys: z.array(z.object({ purpose: z.string(), wrapped: z.base64() })).min(1),
});

export const TABLE = z.object({
  table: z.string(),
  columns: z.array(z.string()),
  months: z.array(z.string()),
});

export const END = z.object({ rows: z.int() });

export type Beginning = z.infer<typeof BEGINNING>;
export type Schema = z.infer<typeof SCHEMA>;

/** A backup whose lines aren't what they have to be. */
export class BackupDamaged extends Error {
  override name = "BackupDamaged";
}

export function parsedLine<T>(form: z.ZodType<T>, line: string | undefined): T {
  try {
    return form.parse(JSON.parse(line ?? ""));
  } catch (cause) {
    throw new BackupDamaged("A line of the backup isn't as expected.", { cause });
  }
}

/** Lines of a stream of bytes, which may be cut anywhere. */
export async function* linesIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest) yield rest;
}
