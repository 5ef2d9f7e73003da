import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import pg from "pg";
import { checkFolder } from "./data-folder";
import { type Env, parseEnv } from "./env";
import { KEEP_ALIVE } from "./keep-alive";
import { localUrl } from "./local-url";

/** What is known of a start before anything is opened. */
type Checked = {
  settings: Env;
  /** Where this process will answer on a port. */
  address(port: number): string;
  /** Whether there is a store already. */
  hasStore: boolean;
  /** For the console's server. */
  timeouts: typeof KEEP_ALIVE;
};

const DATABASE_MS = 5000;

/** Proves what can be known within a moment: settings, ports, files, and that the database is there. Throws one sentence. */
export async function checkStart(source: Record<string, string | undefined>): Promise<Checked> {
  const settings = parseEnv(source);
  await checkPorts(settings);
  checkTls(settings);
  if (settings.DATABASE_URL) await checkDatabase(settings.DATABASE_URL);
  else checkFolder(settings.DATA_DIR);
  const hasStore = Boolean(settings.DATABASE_URL) || existsSync(join(settings.DATA_DIR, "pg"));
  return { settings, address: (port) => localUrl(settings.HOST, port), hasStore, timeouts: KEEP_ALIVE };
}

async function checkPorts({ HOST, METRICS_PORT, ...settings }: Env): Promise<void> {
  for (const name of ["PORT", "PROTOCOL_PORT"] as const) {
    const fault = await faultOfPort(settings[name], HOST);
    if (fault) throw new Error(sentenceOf(fault, name, settings[name], HOST));
  }
  const fault = METRICS_PORT === undefined ? null : await faultOfPort(METRICS_PORT, "127.0.0.1");
  if (fault) throw new Error(sentenceOf(fault, "METRICS_PORT", METRICS_PORT, "127.0.0.1"));
}

/** Listens for a moment. */
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
    return `${name} ${port} is in use by another program. Stop that one, or set ${name} to a free port.`;
  if (code === "EACCES") return `${name} ${port} is reserved. Set ${name} to a port above 1023.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN")
    return `HOST ${host} is not an address of this machine.`;
  return `${name} ${port} can't be opened: ${message}.`;
}

function checkTls({ TLS_CERT, TLS_KEY, TLS_CIPHERS: ciphers, TLS_MIN_VERSION: minVersion }: Env): void {
  if (!TLS_CERT || !TLS_KEY) return;
  const [cert, key] = [readable("TLS_CERT", TLS_CERT), readable("TLS_KEY", TLS_KEY)];
  try {
    createSecureContext({ cert, key, ciphers, minVersion });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`TLS_CERT, TLS_KEY and TLS_CIPHERS can't be used together: ${reason}.`);
  }
}

function readable(name: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : error;
    throw new Error(`${name}: the file ${path} can't be read (${code}).`);
  }
}

/** Several hosts in one string are left to the store, which tries each. */
async function checkDatabase(connectionString: string): Promise<void> {
  if (!URL.canParse(connectionString)) return;
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: DATABASE_MS });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new Error(databaseSentence(new URL(connectionString), error));
  } finally {
    await client.end().catch(() => {});
  }
}

function databaseSentence({ host, pathname }: URL, error: unknown): string {
  const place = `postgres://${host}${pathname}`;
  if (error instanceof pg.DatabaseError)
    return `DATABASE_URL: ${place} refused the connection: ${error.message}.`;
  const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
  return `DATABASE_URL: no database answers at ${place}${code}. Start it, or correct the setting.`;
}
