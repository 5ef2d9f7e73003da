import { cp, rm } from "node:fs/promises";
import { newApp } from "@/api/http";
import { productRoutes } from "@/api/product/app";
import { createDatabase, dropDatabase, withDatabase } from "@/scripts/databases";
import { prepareInstallation } from "@/server/maintenance/installation";
import { type Env, parseEnv } from "@/server/store/env";
import { forgetProcessState } from "@/server/store/per-process";
import { changesData } from "@/server/store/statement-result";
import { closeStore, openStore, store } from "@/server/store/store";

/** A request as it leaves an agent, and the reply. */
export type Sent = { method: string; path: string; headers: Record<string, string>; body: string };
export type Reply = { status: number; headers: Record<string, string>; body: string };

/** What came of a request: its reply, or the death of the process, before or after it committed. */
export type TakeResult = { answer: Reply } | { died: true; isCommitted: boolean };

export type ModelledServer = {
  take(sent: Sent): Promise<TakeResult>;
  /** Runs an admin's work, in which the process can die too. Returns whether it was committed. */
  change(work: () => Promise<unknown>): Promise<boolean>;
  /** The process dies at that step of its next work: before a statement, after one, or after a commit. */
  dieAt(step: number): void;
  /**
   * Copies the store, and returns what puts the copy in force. The start notices that, unless the database has only
   * lost its last commits.
   */
  backUp(): Promise<(isNoticed: boolean) => Promise<void>>;
  close(): Promise<void>;
};

class Died extends Error {}

type Life = { stepsLeft: number; isDead: boolean; isCommitted: boolean };

/** The real product API on a store that is open, without a network. */
export function openServer(settings: Record<string, string>, clock: () => Date): ModelledServer {
  const app = newApp();
  productRoutes(app, { clock });
  const life: Life = { stepsLeft: Number.POSITIVE_INFINITY, isDead: false, isCommitted: false };
  const places: Record<string, string>[] = [];
  breakable(life);

  const reopen = async (place: Record<string, string>) => {
    await openStore(envOf(place));
    life.stepsLeft = Number.POSITIVE_INFINITY; // A new process: what was planned for the earlier one is off.
    breakable(life);
  };
  let current = settings;

  return {
    async take({ method, path, headers, body }) {
      life.isCommitted = false;
      const request = new Request(`http://localhost${path}`, { method, headers, body: body || null });
      const response = await app.fetch(request);
      return life.isDead ? revived(life) : { answer: await answerOf(response) };
    },
    async change(work) {
      life.isCommitted = false;
      await work().catch((error: unknown) => {
        if (!(error instanceof Died)) throw error;
      });
      return life.isDead ? revived(life).isCommitted : true;
    },
    dieAt(step) {
      life.stepsLeft = step;
    },
    async backUp() {
      await closeStore();
      const copy = await copyOf(current, settings, places.length);
      places.push(copy);
      await reopen(current);
      return async (isNoticed) => {
        await closeStore();
        current = copy;
        await reopen(current);
        if (isNoticed) await prepareInstallation(clock());
      };
    },
    async close() {
      await closeStore();
      for (const place of places) await removeStore(place);
    },
  };
}

/** The process is started again, with nothing in its memory. */
function revived(life: Life): { died: true; isCommitted: boolean } {
  const { isCommitted } = life;
  Object.assign(life, { stepsLeft: Number.POSITIVE_INFINITY, isDead: false });
  forgetProcessState();
  return { died: true, isCommitted };
}

/** Settings of a store of this simulation, whose API has no port. */
export function envOf(place: Record<string, string>): Env {
  return parseEnv({ ...place, HOST: "127.0.0.1", PROTOCOL_PORT: "0" });
}

/** Lets the process die between any two statements: from then on nothing more reaches the store. */
function breakable(life: Life): void {
  const { sql } = store();
  const step = () => {
    life.stepsLeft -= 1;
    if (life.stepsLeft <= 0) life.isDead = true;
    if (life.isDead) throw new Died("The process is dead.");
  };
  store().sql = {
    async query(statement, values) {
      step();
      const rows = await sql.query<object>(statement, values);
      if (changesData(statement.text) && !rows.some(isLeft)) life.isCommitted = true;
      step();
      return rows as never;
    },
    async transaction(work) {
      const result = await sql.transaction((tx) =>
        work({
          query(statement, values) {
            step();
            return tx.query(statement, values);
          },
        }),
      );
      life.isCommitted = true;
      step();
      return result;
    },
  };
}

/** Of a report whose leases need a decision, the shared statement books nothing. */
function isLeft(row: object): boolean {
  return "is_direct" in row && row.is_direct === false;
}

async function answerOf(response: Response): Promise<Reply> {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

/** Several copies may wait to be put in force, so each has a name of its own. */
async function copyOf(place: Record<string, string>, first: Record<string, string>, nth: number) {
  const { DATABASE_URL, DATA_DIR, ...other } = place;
  if (DATABASE_URL) {
    const server = withDatabase(DATABASE_URL, "postgres");
    const copy = await createDatabase(server, databaseOf(place), databaseOf(first));
    return { ...other, DATABASE_URL: withDatabase(DATABASE_URL, copy) };
  }
  const folder = `${DATA_DIR}-copy-${nth}`;
  await cp(DATA_DIR ?? "", folder, { recursive: true });
  return { ...other, DATA_DIR: folder };
}

function databaseOf({ DATABASE_URL = "" }: Record<string, string>): string {
  return new URL(DATABASE_URL).pathname.slice(1);
}

async function removeStore(place: Record<string, string>): Promise<void> {
  const { DATABASE_URL, DATA_DIR } = place;
  if (DATABASE_URL) return dropDatabase(withDatabase(DATABASE_URL, "postgres"), databaseOf(place));
  await rm(DATA_DIR ?? "", { recursive: true, force: true });
  await rm(`${DATA_DIR}.seen`, { force: true });
}
