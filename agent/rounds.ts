import { type AttemptContext, isInUse, isThere, openAttempts } from "./attempts";
import type { BackendProblem } from "./backend-problem";
import { dueTasks, firstPlan, IDLE, nextWake, reportWanted, type Task } from "./schedule";
import { isOnline } from "./state";

/** When an agent talks to the backend: one exchange at a time, by its plan or on request. */
export type Rounds = {
  /** Starts, or starts again after the license changed. */
  start(): void;
  /** Tries these tasks now, whatever the pause; returns the first problem. */
  now(tasks: readonly Task[]): Promise<BackendProblem | null>;
  /** Runs alone, between rounds. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Reports what is left and gives reserved minutes back, if the backend is there. */
  giveBack(): Promise<void>;
  /** Reports soon, because minutes are waiting. */
  reportSoon(): void;
  /** Milliseconds until the next attempt; null if none is planned. */
  nextIn(): number | null;
  stop(): Promise<void>;
};

export function openRounds({ exchange, journal, clock, random, log }: AttemptContext): Rounds {
  let callOff = () => {};
  let isOpen = true;
  let last: Promise<unknown> = Promise.resolve();
  /** Single requests that haven't started: another caller of the same task waits for the same promise. */
  const asked = new Map<Task, Promise<BackendProblem | null>>();

  const tries = openAttempts({ exchange, journal, clock, random, log, isOpen: () => isOpen });

  const alone = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  };

  const arm = () => {
    callOff();
    const at = nextWake(tries.plan());
    if (!isOpen || at === Number.POSITIVE_INFINITY) return;
    callOff = clock.after(Math.max(0, at - clock.ticks()), () => alone(byPlan));
  };

  const byPlan = async () => {
    await inTurn(dueTasks(tries.plan(), clock.ticks()));
  };

  const inTurn = async (tasks: readonly Task[]): Promise<BackendProblem | null> => {
    let first: BackendProblem | null = null;
    for (const task of tasks) {
      const problem = await tries.attempt(task);
      first ??= problem;
      if (problem && !isThere(problem)) break;
    }
    arm();
    return first;
  };

  return {
    start() {
      tries.replan(() => (journal.state().license ? firstPlan(clock.ticks(), random) : IDLE));
      arm();
    },
    now(tasks) {
      const [first, ...others] = tasks;
      const single = others.length === 0 ? first : undefined;
      const same = single && asked.get(single);
      if (same) return same;
      const turn = alone(() => {
        if (single) asked.delete(single);
        return inTurn(tasks);
      });
      if (single) asked.set(single, turn);
      return turn;
    },
    alone,
    async giveBack() {
      if (isOnline(journal.state()) && !isInUse(journal.state()))
        await alone(() => exchange.giveBack()).catch((error: Error) => log(error.message));
    },
    reportSoon() {
      tries.replan((plan) => (isInUse(journal.state()) ? plan : reportWanted(plan, clock.ticks(), random)));
      arm();
    },
    nextIn() {
      const at = nextWake(tries.plan());
      return at === Number.POSITIVE_INFINITY ? null : Math.max(0, at - clock.ticks());
    },
    async stop() {
      isOpen = false;
      callOff();
      await last;
    },
  };
}
