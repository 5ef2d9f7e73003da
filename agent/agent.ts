import { randomUUID } from "node:crypto";
import { openAsker } from "./asking";
import { openBackend } from "./backend";
import { type Clock, machineClock } from "./clock";
import type { Route } from "./connection";
import { enterAtStart } from "./entering";
import { openExchange } from "./exchange";
import { openJournal } from "./journal";
import { openRounds } from "./rounds";
import type { Random } from "./schedule";
import { openService, type Service } from "./service";
import { provenLicense } from "./signature";
import { type State, withNewRun } from "./state";
import { openStore, type Store } from "./store";
import { userAgentOf } from "./user-agent";
import { isSameLife, machineWitness, type Witness } from "./witness";

export type AgentOptions = Route &
  OwnOptions & {
    /** A signed license key to enter at the start, unless it is in force already. */
    key?: string | undefined;
    random?: Random;
    /** How many hours reserved minutes should last without the backend at the recent rate: 1 by default. */
    outageHours?: number | undefined;
    /** What proves that the store wasn't copied or put back; null for none. By default it is on this machine. */
    witness?: Witness | null;
  };

/** The options of every agent, with or without a network. */
export type OwnOptions = {
  /** The folder of the local store; one agent at a time may use it. */
  data: string;
  /** The code of the licensed product, `QSEfW` by default. */
  product?: string;
  /** Starts with an empty store; the old one is kept beside it. */
  reset?: boolean;
  /**
   * For tests and simulations: time, randomness, new ids, a store that doesn't wait for the disk, and a hook at each
   * step.
   */
  clock?: Clock;
  newId?: () => string;
  isFast?: boolean;
  passed?: (step: Step) => void;
  /** Called with one line for each problem. */
  log?: (line: string) => void;
};

/** A step at which a process may die: before or after a write to the disk or an exchange with the backend. */
export type Step = "write" | "written" | "send" | "answered";

export type Agent = Service & { close(): Promise<void> };

const DEFAULT_PRODUCT = "QSEfW";
const DEFAULT_OUTAGE_HOURS = 1;
const CLOSE_PATIENCE_MS = 2000;
const HOUR = 3_600_000;
const OFFLINE_FOLDER =
  "The folder belongs to a deployment without a network. Upload its logs, then name another folder with --data: an online agent is a separate deployment.";

/** Opens the Licenses service in this process. It talks to the backend until it is closed. */
export async function openAgent(options: AgentOptions): Promise<Agent> {
  const { product = DEFAULT_PRODUCT, clock = machineClock, random = Math.random, log = () => {} } = options;
  const { newId = randomUUID } = options;
  const reading = () => ({ wall: clock.wall(), ticks: clock.ticks() });
  const backend = openBackend(options, userAgentOf(product), clock.wall, options.passed);
  const store = await openStore(options.data, {
    isFast: options.isFast,
    reset: options.reset ? new Date(clock.wall()) : undefined,
    log,
  }).catch(async (error: unknown) => {
    await backend.close();
    throw error;
  });
  const source = newId();
  const known = store.load(reading(), () => source);
  if (known.offline) {
    await Promise.all([backend.close(), store.close()]);
    throw new Error(OFFLINE_FOLDER);
  }
  const witness = options.witness === undefined ? machineWitness(options.data) : options.witness;
  const saving = watchedStore(store, witness, options);
  const first = await proven(sameRun(known, store, witness) ? known : newRun(known, saving, newId), product);
  const journal = openJournal(saving, first, reading);
  const outage = (options.outageHours ?? DEFAULT_OUTAGE_HOURS) * HOUR;
  const { uptime } = clock;
  const exchange = openExchange({ backend, journal, product, reading, uptime, newId, outage });
  const rounds = openRounds({ exchange, journal, clock, random, log });
  rounds.start();
  const asker = openAsker({ exchange, journal, rounds, clock, random, log });
  asker.start(true);
  const service = openService({ journal, exchange, rounds, asker, clock, newId });
  const callOff = options.key ? enterAtStart(options.key, { service, clock, random, log }) : () => {};
  return {
    ...service,
    async close() {
      callOff();
      asker.stop();
      await withinPatience(clock, rounds.giveBack());
      await Promise.all([rounds.stop(), backend.close()]);
      await journal.settled();
      await store.close();
    },
  };
}

/** The license on disk counts only as far as its signature proves it; a changed file has to be confirmed again. */
async function proven(state: State, product: string): Promise<State> {
  if (!state.license) return state;
  const license = await provenLicense(state.license, state.pins, product);
  return { ...state, license: license ?? { ...state.license, leaseEnd: 0, etag: null } };
}

/** Nobody sees a change before the witness has seen it. */
function watchedStore(store: Store, witness: Witness | null, { passed, log = () => {} }: AgentOptions) {
  let isSeen = witness !== null;
  return {
    save(before: State, after: State) {
      passed?.("write");
      store.save(before, after);
      passed?.("written");
      try {
        if (isSeen) witness?.write({ run: after.run, changes: store.changes() });
      } catch (error) {
        isSeen = false;
        log(
          `The next start will begin with no reserved minutes: ${error instanceof Error ? error.message : error}`,
        );
      }
    },
  };
}

function sameRun({ run }: State, store: Store, witness: Witness | null): boolean {
  return isSameLife({ run, changes: store.changes() }, witness?.read() ?? null);
}

function newRun(state: State, saving: Pick<Store, "save">, newId: () => string): State {
  const next = withNewRun(state, newId());
  saving.save(state, next);
  return next;
}

/** A stop doesn't wait longer for the backend. */
async function withinPatience(clock: Clock, work: Promise<void>): Promise<void> {
  let callOff = () => {};
  const end = new Promise<void>((done) => {
    callOff = clock.after(CLOSE_PATIENCE_MS, async () => done());
  });
  await Promise.race([work, end]);
  callOff();
}
