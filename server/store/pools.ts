import type { Socket } from "node:net";
import pg from "pg";
import type { Database } from "./database-url";
import { type DatabaseWatch, watchDatabase } from "./database-watch";
import { isLate, OutOfTime } from "./deadline";
import { isStoreAway, NoConnection } from "./store-away";
import { TIMELINE } from "./timeline";

/**
 * Timeouts in milliseconds: for a connection, for a response from the database while a statement runs, and in total
 * for one request of the APIs.
 */
export type Patience = { connectMs: number; statementMs: number; requestMs?: number };

export type PoolChoice = Patience & {
  max: number;
  /** Session settings by name. */
  settings: Record<string, string>;
  types?: pg.CustomTypesConfig;
  /** Whether statements of one connection are sent without waiting for the response to the one before. */
  pipeline?: boolean;
  /** Shared by pools of one database: whatever silences a connection of one has silenced those of all. */
  renewals?: Set<() => void>;
  /** Also shared by pools of one database. */
  watch?: DatabaseWatch;
};

const KEEP_ALIVE_MS = 10_000;
/** Each of several servers has at least this time to accept a connection. */
const SERVER_MS = 2000;

/**
 * A pool whose statements end: a connection that is silent while a response is due is destroyed, never pooled again,
 * and all others are dropped with it, since the same cause affects them. Settings are sent after the start of a
 * session, since poolers refuse or drop those of the start-up packet.
 */
export function openPool(database: Database, choice: PoolChoice): pg.Pool {
  const {
    connectMs,
    statementMs,
    requestMs,
    max,
    types,
    pipeline,
    renewals = new Set(),
    watch = watchDatabase(() => {}),
  } = choice;
  const renew = () => {
    for (const each of renewals) each();
  };
  const servers = turns(database.servers);
  const serverMs = Math.max(connectMs / servers.count, Math.min(connectMs, SERVER_MS));
  const isTooLate = (hasIdle: boolean) =>
    isLate((hasIdle ? 0 : serverMs * servers.count) + statementMs, requestMs);
  const pool: pg.Pool = new PoolOfServers(
    { servers, watch, isTooLate },
    {
      max,
      ...{ types, pipeline },
      Client: clientOf(servers),
      connectionTimeoutMillis: serverMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      onConnect: (client) => prepareSession(client, database, choice, { renew, watch }),
    },
  );
  renewals.add(renewal(pool));
  pool.on("error", () => {});
  return pool;
}

type Turns = { count: number; current(): string; leave(server: string): void };

/** The order in which servers are tried: first the one that served last, until it fails. */
function turns(servers: string[]): Turns {
  let at = 0;
  const current = () => servers[at % servers.length] ?? "";
  return {
    count: servers.length,
    current,
    leave: (server) => {
      if (server === current()) at += 1;
    },
  };
}

function clientOf(servers: Turns) {
  return class extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionString: servers.current() });
      this.on("error", () => {}); // Running queries get the error; without a listener the process would end too.
    }
  };
}

/** `isTooLate`: a statement that waits for a connection first could end after its request's deadline. */
type Way = { servers: Turns; watch: DatabaseWatch; isTooLate(hasIdle: boolean): boolean };

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: boolean | Error) => void,
) => void;

/** Tries each server before it reports that there is no connection. Nothing was sent by then, so this isn't a second try. */
class PoolOfServers extends pg.Pool {
  constructor(
    private readonly way: Way,
    options: pg.PoolConfig,
  ) {
    super(options);
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    if (!callback) return this.connectInTurn(this.way.servers.count);
    this.connectInTurn(this.way.servers.count).then(
      (client) => callback(undefined, client, client.release),
      (error) => callback(error, undefined, () => {}),
    );
  }

  private async connectInTurn(tries: number): Promise<pg.PoolClient> {
    if (this.way.isTooLate(this.idleCount > 0)) throw new OutOfTime();
    const server = this.way.servers.current();
    const asked = performance.now();
    try {
      const client = await super.connect();
      if (!this.way.watch.hasChangedSince(asked)) return client;
      client.release();
    } catch (error) {
      if (!isStoreAway(error)) throw error;
      this.way.servers.leave(server);
      if (tries <= 1 || isFull(error)) throw new NoConnection(error);
      return this.connectInTurn(tries - 1);
    }
    throw new NoConnection(
      "The connection now leads to another database, which may not have what was read before.",
    );
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && error.message === "timeout exceeded when trying to connect";
}

const SET = `SELECT set_config(name, value, false), pg_is_in_recovery() AS standby, current_setting('transaction_read_only') AS read_only,
    concat_ws('/', (SELECT system_identifier FROM pg_control_system()),
      CASE WHEN pg_is_in_recovery() THEN extract(epoch FROM pg_postmaster_start_time())::text ELSE ${TIMELINE} END) AS identity
  FROM unnest($1::text[], $2::text[]) AS s(name, value)`;

async function prepareSession(
  client: pg.ClientBase,
  { session }: Database,
  { settings, connectMs, statementMs, requestMs }: PoolChoice,
  { renew, watch }: { renew: () => void; watch: DatabaseWatch },
): Promise<void> {
  const stream = streamOf(client);
  stream.on("timeout", () => {
    const { readyForQuery: isIdle, _ending: isEnding } = inner(client);
    if (isIdle && !isEnding) return;
    renew();
    stream.destroy(silence());
  });
  stream.setTimeout(connectMs);
  const { rows } = await client.query(SET, [Object.keys(settings), Object.values(settings)]);
  const { standby, read_only, identity } = rows[0];
  if (session === "standby" && !standby) throw wrong("No server in DATABASE_READ_URL is a standby.");
  if (session === "primary" ? standby : session === "read-write" && read_only === "on")
    throw wrong("No server in DATABASE_URL accepts writes.");
  if (!standby || session === "standby") watch.note(identity);
  stream.setTimeout(statementMs);
  refuseLateStatements(client, () => isLate(statementMs, requestMs));
}

function wrong(sentence: string): Error {
  return Object.assign(new Error(sentence), { code: "25006" });
}

type Query = (...parts: unknown[]) => unknown;

/**
 * A statement of a transaction that could end too late isn't sent, and the connection is ended, which rolls back the
 * rest. A single statement comes from the pool with a callback, and was checked there.
 */
function refuseLateStatements(client: pg.ClientBase, isTooLate: () => boolean): void {
  const query: Query = client.query.bind(client);
  const inTime: Query = (...parts) => {
    if (typeof parts.at(-1) === "function" || !isTooLate()) return query(...parts);
    streamOf(client).destroy();
    return Promise.reject(new OutOfTime());
  };
  client.query = inTime as typeof client.query;
}

function silence(): Error {
  return Object.assign(new Error("The database was silent while a statement ran."), { code: "ETIMEDOUT" });
}

/** The driver's own names: its socket, which its pool uses too, whether a response is due, and whether it is closing. */
type Inner = { connection: { stream: Socket }; readyForQuery: boolean; _ending: boolean };

function inner(client: pg.ClientBase): Inner {
  return client as unknown as Inner;
}

function streamOf(client: pg.ClientBase): Socket {
  return inner(client).connection.stream;
}

/** Drops every connection of a pool: idle ones now, the others when they are returned. */
function renewal(pool: pg.Pool): () => void {
  const idle = new Set<pg.PoolClient>();
  const busy = new Set<pg.PoolClient>();
  const stale = new WeakSet<pg.PoolClient>();
  pool.on("acquire", (client) => {
    idle.delete(client);
    busy.add(client);
  });
  pool.on("release", (_, client) => {
    busy.delete(client);
    if (stale.has(client)) streamOf(client).destroy();
    else idle.add(client);
  });
  pool.on("remove", (client) => {
    idle.delete(client);
    busy.delete(client);
  });
  return () => {
    for (const client of idle) streamOf(client).destroy();
    for (const client of busy) stale.add(client);
  };
}
