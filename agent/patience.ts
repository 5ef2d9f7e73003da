import { mayAskAgain } from "./budget";
import type { Clock } from "./clock";
import type { Journal } from "./journal";
import { type Lacking, withWish } from "./prepaying";
import { areTotalsStale } from "./reporting";
import type { Rounds } from "./rounds";
import type { Task } from "./schedule";
import { isOnline, type State } from "./state";

type Dependencies = { journal: Journal; rounds: Rounds; clock: Clock; now: (state?: State) => number };

const PATIENCE_MS = 2000;
/** Others may take the minutes that were asked for: then the backend is asked again, this often at most. */
const MOST_ASKS = 5;

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

  const isWorthAsking = ({ told, allotment }: Lacking) =>
    isOnline(journal.state()) && mayAskAgain(told, allotment.usage.minimum, clock.uptime());

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

    /** Asks the backend for what a budget lacks, unless it just gave all that there is. Returns whether it was asked. */
    async filledBudget(lackingNow: (state: State) => Lacking | null): Promise<boolean> {
      for (let turn = 0; turn < MOST_ASKS; turn++) {
        const lacking = lackingNow(journal.state());
        if (!lacking || !isWorthAsking(lacking)) return turn > 0;
        const wish = { minutes: turn === 0 ? lacking.minutes : 0, need: lacking.minutes };
        await journal.change((state) => [withWish(state, lacking.allotment, wish, now(state)), undefined]);
        await askedBackend("report", (state) => lackingNow(state)?.told !== lacking.told);
        if (lackingNow(journal.state())?.told === lacking.told) return true;
      }
      return true;
    },
  };
}
