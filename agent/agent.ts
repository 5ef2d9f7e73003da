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
import type { State } from "./state";
import { openStore } from "./store";
import { userAgentOf } from "./user-agent";

export type AgentOptions = Route &
  OwnOptions & {
    /** A signed license key to enter at the start, unless it is in force already. */
    key?: string | undefined;
    random?: Random;
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
  const first = await proven(known, product);
  const journal = openJournal(watchedStore(store, options.passed), first, reading);
  const exchange = openExchange({ backend, journal, product, reading });
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

function watchedStore(
  { save }: Pick<Awaited<ReturnType<typeof openStore>>, "save">,
  passed: AgentOptions["passed"],
) {
  return {
    save(before: State, after: State) {
      passed?.("write");
      save(before, after);
      passed?.("written");
    },
  };
}
