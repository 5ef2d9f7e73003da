import { randomUUID } from "node:crypto";
import type { Agent, OwnOptions } from "./agent";
import { type Clock, machineClock } from "./clock";
import { type Journal, openJournal } from "./journal";
import { openLogFiles } from "./log-files";
import { pinsIn, provenSld } from "./offline-document";
import { openOfflineService } from "./offline-service";
import type { State } from "./state";
import { openStore, type Store } from "./store";
import { userAgentOf } from "./user-agent";

/** The texts that a deployment without a network is started with: a signed definition, the vendor's keys, a reply. */
export type OfflineOptions = OwnOptions & {
  offline: { sld: string; jwks: string; reply?: string | undefined };
};

type Log = (line: string) => void;

const DEFAULT_PRODUCT = "QSEfW";
const KEEP_TIME_MS = 600_000;

/** Opens the Licenses service of a deployment without a network. It makes no network calls. */
export async function openOfflineAgent(options: OfflineOptions): Promise<Agent> {
  const { clock = machineClock, log = () => {}, isFast } = options;
  const reset = options.reset ? new Date(clock.wall()) : undefined;
  const store = await openStore(options.data, { isFast, reset, log });
  try {
    return await openedOn(store, { ...options, clock, log });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openedOn(store: Store, options: OfflineOptions & { clock: Clock; log: Log }): Promise<Agent> {
  const { product = DEFAULT_PRODUCT, clock, log, newId = randomUUID, isFast, passed } = options;
  const { sld, jwks, reply } = options.offline;
  const reading = () => ({ wall: clock.wall(), ticks: clock.ticks() });
  const first = await proven(store.load(reading(), newId), jwks);
  const files = openLogFiles(options.data, store, { isFast });
  const save = (before: State, after: State) => {
    passed?.("write");
    store.save(before, after);
    files.append(after.newLines);
    passed?.("written");
  };
  const journal = openJournal({ save }, first, reading);
  const deployment = { product, userAgent: userAgentOf(product), newId };
  const service = openOfflineService({ journal, clock, site: deployment, store, files });
  // An invalid file ends the start of a new deployment; a deployment that works already continues with its license.
  await service.offline.enterSld(sld).catch((error: Error) => {
    if (!first.offline) throw error;
    log(error.message);
  });
  if (reply !== undefined)
    await service.offline.enterReply(reply).catch((error: Error) => log(error.message));
  const callOff = await keepingTime(journal, clock, log);
  return {
    ...service,
    async close() {
      callOff();
      await journal.settled();
      await store.close();
    },
  };
}

/** Saves the time now and then, so that a clock that is set back before the next start has no effect. */
async function keepingTime(journal: Journal, clock: Clock, log: Log): Promise<() => void> {
  let callOff = () => {};
  const keep = async () => {
    await journal.change((state) => [{ ...state }, undefined]).catch((error: Error) => log(error.message));
    callOff = clock.after(KEEP_TIME_MS, keep);
  };
  await keep();
  return () => callOff();
}

/** The license on disk counts only as far as its signed text proves it, by the keys that were given now. */
async function proven(state: State, jwks: string): Promise<State> {
  const pins = await pinsIn(jwks, state.pins).catch((error: Error) => {
    throw new Error(`The key set can't be used. ${error.message}`);
  });
  const { license } = state;
  if (!license || !state.offline) return { ...state, pins };
  return provenSld(license.jws, pins).then(
    ({ claims: { definition, version, exp } }) => ({
      ...state,
      pins,
      license: { ...license, definition, version, leaseEnd: exp * 1000 },
    }),
    () => ({ ...state, pins, license: { ...license, leaseEnd: 0 } }),
  );
}
