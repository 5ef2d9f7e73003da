import { type BackendProblem, Unanswered } from "./backend-problem";
import type { Clock } from "./clock";
import type { Exchange } from "./exchange";
import type { Journal } from "./journal";
import {
  askingPlan,
  doneTask,
  dueTasks,
  failedTask,
  firstPlan,
  IDLE,
  nextWake,
  type Plan,
  type Random,
  reportWanted,
  setAside,
  stoppedPlan,
  type Task,
} from "./schedule";
import { type State, troubled } from "./state";
import { nowOf } from "./time";

type With = {
  exchange: Exchange;
  journal: Journal;
  clock: Clock;
  random: Random;
  log: (line: string) => void;
};

/** When an agent talks to the backend: one exchange at a time, by its plan or because somebody asks. */
export type Rounds = {
  /** Begins, or begins again after the license changed. */
  start(): void;
  /** Tries these now, whatever the pause; answers the first trouble. */
  now(tasks: readonly Task[]): Promise<BackendProblem | null>;
  /** Runs alone, between rounds. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Minutes wait to be reported. */
  reportSoon(): void;
  /** Milliseconds until the next try; null when none is planned. */
  nextIn(): number | null;
  stop(): Promise<void>;
};

const USUAL_PACE = { refreshAfter: 86_400, syncEvery: 600 };

export function openRounds({ exchange, journal, clock, random, log }: With): Rounds {
  let plan: Plan = IDLE;
  let callOff = () => {};
  let isOpen = true;
  let last: Promise<unknown> = Promise.resolve();
  /** What was asked for alone and has not begun: whoever asks for it too waits for the same. */
  const asked = new Map<Task, Promise<BackendProblem | null>>();

  const pace = () => journal.state().license ?? USUAL_PACE;

  const alone = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  };

  const arm = () => {
    callOff();
    const at = nextWake(plan);
    if (!isOpen || at === Number.POSITIVE_INFINITY) return;
    callOff = clock.after(Math.max(0, at - clock.ticks()), () => alone(byPlan));
  };

  const byPlan = async () => {
    await inTurn(dueTasks(plan, clock.ticks()));
  };

  /** Answers the trouble, if there was one: then the rest of the round would meet it too. */
  const attempt = async (task: Task): Promise<BackendProblem | null> => {
    const before = journal.state();
    if (!isOpen || !before.license) return null;
    try {
      await exchange[task]();
      if (isInUse(before) && !isInUse(journal.state())) plan = firstPlan(clock.ticks(), () => 0);
      plan = doneTask(plan, task, pace(), clock.ticks(), random);
      return null;
    } catch (error) {
      return failed(error, task);
    }
  };

  const failed = async (error: unknown, task: Task): Promise<BackendProblem> => {
    const { trouble, retryAfter } = asUnanswered(error);
    if (!isOpen) return trouble;
    const ticks = clock.ticks();
    const wasHeld = isInUse(journal.state());
    plan = isThere(trouble)
      ? setAside(plan, task, pace().syncEvery, ticks, random)
      : failedTask(plan, retryAfter, ticks, random);
    await journal
      .change((state) => {
        const now = nowOf(state.time, { wall: clock.wall(), ticks: clock.ticks() });
        return [troubled(state, trouble, now), undefined];
      })
      .catch(() => log("The local store can't be written. Check whether the disk is full."));
    log(trouble.words);
    if (journal.state().stop) plan = stoppedPlan(plan, pace().syncEvery, ticks, random);
    else if (isInUse(journal.state())) plan = askingPlan(plan, wasHeld ? pace().syncEvery : 0, ticks, random);
    return trouble;
  };

  const inTurn = async (tasks: readonly Task[]): Promise<BackendProblem | null> => {
    let first: BackendProblem | null = null;
    for (const task of tasks) {
      const problem = await attempt(task);
      first ??= problem;
      if (problem && !isThere(problem)) break;
    }
    arm();
    return first;
  };

  return {
    start() {
      plan = journal.state().license ? firstPlan(clock.ticks(), random) : IDLE;
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
    reportSoon() {
      plan = isInUse(journal.state()) ? plan : reportWanted(plan, clock.ticks(), random);
      arm();
    },
    nextIn() {
      const at = nextWake(plan);
      return at === Number.POSITIVE_INFINITY ? null : Math.max(0, at - clock.ticks());
    },
    async stop() {
      isOpen = false;
      callOff();
      await last;
    },
  };
}

/** Whether the backend answered, only not in a way that can be used: then the rest of a round may still go well. */
function isThere({ kind }: BackendProblem): boolean {
  return kind === "signature" || kind === "answer";
}

/** Whether nothing but the definition is asked for: it was stopped, or an admin has to accept it. */
function isInUse({ stop, contact }: State): boolean {
  return stop !== null || contact.trouble?.code === "DUAL_USE_REQUIRED";
}

function asUnanswered(error: unknown): Unanswered {
  if (error instanceof Unanswered) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new Unanswered({ kind: "fault", words: `The agent couldn't finish an exchange: ${reason}` });
}
