import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { readTlsPair } from "@/machine/tls-pair";
import { isBucket } from "./bucket-settings";
import { checkFolder } from "./data-folder";
import { parseDatabaseUrl } from "./database-url";
import { type Env, parseEnv } from "./env";
import { KEEP_ALIVE } from "./keep-alive";
import { hostToTell, localUrl } from "./local-url";
import { findSecrets } from "./secret";

/** The facts of a start before anything is opened. */
type Checked = {
  settings: Env;
  /** The address at which this process will respond on a port. */
  address(port: number): string;
  /** The host to show to people. */
  host: string;
  /** Whether there is a store already. */
  hasStore: boolean;
  /** The timeouts of the console's server. */
  timeouts: typeof KEEP_ALIVE;
};

const DATABASE_MS = 5000;

/**
 * Checks what can be known within a moment: settings, ports, files, and that the key service and the database are there.
 * Throws one sentence.
 */
export async function checkStart(source: Record<string, string | undefined>): Promise<Checked> {
  const settings = parseEnv(source);
  await checkPorts(settings);
  await findSecrets(settings);
  const { TLS_CERT, TLS_KEY } = settings;
  if (TLS_CERT && TLS_KEY) readTlsPair({ TLS_CERT, TLS_KEY });
  if (settings.DATABASE_URL) await checkDatabase(settings.DATABASE_URL);
  else checkFolder(settings.DATA_DIR);
  if (settings.BACKUP_FOLDER) checkFolder(settings.BACKUP_FOLDER, "BACKUP_FOLDER");
  const { AUDIT_CHECKPOINTS } = settings;
  if (AUDIT_CHECKPOINTS && !isBucket(AUDIT_CHECKPOINTS)) checkFolder(AUDIT_CHECKPOINTS, "AUDIT_CHECKPOINTS");
  const hasStore = Boolean(settings.DATABASE_URL) || existsSync(join(settings.DATA_DIR, "pg"));
  return {
    settings,
    address: (port) => localUrl(settings.HOST, port),
    host: hostToTell(settings.HOST),
    hasStore,
    timeouts: KEEP_ALIVE,
  };
}

async function checkPorts({ HOST, METRICS_PORT, ...settings }: Env): Promise<void> {
  for (const name of ["PORT", "PROTOCOL_PORT"] as const) {
    const fault = await faultOfPort(settings[name], HOST);
    if (fault) throw new Error(sentenceOf(fault, name, settings[name], HOST));
  }
  const fault = METRICS_PORT === undefined ? null : await faultOfPort(METRICS_PORT, "127.0.0.1");
  if (fault) throw new Error(sentenceOf(fault, "METRICS_PORT", METRICS_PORT, "127.0.0.1"));
}

/** Listens on the port for a moment. */
function faultOfPort(port: number, host: string | undefined): Promise<NodeJS.ErrnoException | null> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", done);
    server.listen(port, host, () => server.close(() => done(null)));
  });
}

function sentenceOf(
  { code, message }: NodeJS.ErrnoException,
  name: string,
  port?: number,
  host?: string,
): string {
  if (code === "EADDRINUSE")
    return `${name} ${port} is in use by another program. Stop that program, or set ${name} to a free port.`;
  if (code === "EACCES") return `${name} ${port} is reserved. Set ${name} to a port above 1023.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN")
    return `HOST ${host} is not an address of this machine.`;
  return `${name} ${port} can't be opened: ${message}.`;
}

/** One of several servers has to respond; the store checks whether it accepts writes. */
async function checkDatabase(connectionString: string): Promise<void> {
  const { servers, place } = parseDatabaseUrl(connectionString);
  const faults: unknown[] = [];
  for (const server of servers) {
    const fault = await faultOfDatabase(server);
    if (!fault) return;
    faults.push(fault);
  }
  throw new Error(databaseSentence(place, faults[0]));
}

async function faultOfDatabase(connectionString: string): Promise<unknown> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: DATABASE_MS });
  client.on("error", () => {});
  try {
    await client.connect();
    return null;
  } catch (error) {
    return error;
  } finally {
    await client.end().catch(() => {});
  }
}

function databaseSentence(place: string, error: unknown): string {
  if (error instanceof pg.DatabaseError)
    return `DATABASE_URL: ${place} refused the connection: ${error.message}.`;
  const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
  return `DATABASE_URL: no database answers at ${place}${code}. Start it, or correct the setting.`;
}
