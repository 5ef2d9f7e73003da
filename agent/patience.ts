import type { Clock } from "./clock";
import type { Journal } from "./journal";
import { areTotalsStale } from "./reporting";
import type { Rounds } from "./rounds";
import type { Task } from "./schedule";
import { isOnline, type State } from "./state";

type Dependencies = { journal: Journal; rounds: Rounds; clock: Clock; now: (state?: State) => number };

const PATIENCE_MS = 2000;

/** Lets a call of the product wait for the backend: only for the state that it needs, and no longer than a sign-in can take. */
export function openPatience({ journal, rounds, clock, now }: Dependencies) {
  /** Asks the backend, and waits until the state shows its response. */
  const askedBackend = async (task: Task, isAnswered: (state: State) => boolean): Promise<void> => {
    if (!isOnline(journal.state())) return;
    const asked = rounds.now([task]);
    let callOff = () => {};
    const patience = new Promise<void>((done) => {
      callOff = clock.after(PATIENCE_MS, async () => done());
    });
    const end = Promise.race([patience, asked.then(() => {})]);
    await journal.until((state) => isAnswered(state) || !isOnline(state), end);
    callOff();
  };

  return {
    askedBackend,

    /** The holders of seats are unknown until the first sync: with a key just entered, a sign-in waits for it. */
    async firstSync(): Promise<void> {
      const { license, base, stop } = journal.state();
      if (license && !base && !stop) await askedBackend("sync", ({ base: known }) => known !== null);
    },

    /** Totals of other deployments are requested only while minutes are used here. Returns whether they are known. */
    async freshTotals(): Promise<boolean> {
      if (!areTotalsStale(journal.state(), now())) return false;
      await askedBackend("totals", (state) => !areTotalsStale(state, now(state)));
      return !areTotalsStale(journal.state(), now());
    },
  };
}
