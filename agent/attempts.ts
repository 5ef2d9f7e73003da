import { type BackendProblem, Unanswered } from "./backend-problem";
import type { Clock } from "./clock";
import type { Exchange } from "./exchange";
import type { Journal } from "./journal";
import {
  askingPlan,
  doneTask,
  failedTask,
  firstPlan,
  IDLE,
  type Plan,
  type Random,
  reportWanted,
  setAside,
  stoppedPlan,
  type Task,
} from "./schedule";
import { type State, troubled, unreported } from "./state";
import { nowOf } from "./time";

export type AttemptContext = {
  exchange: Exchange;
  journal: Journal;
  clock: Clock;
  random: Random;
  log: (line: string) => void;
};

const USUAL_PACE = { refreshAfter: 86_400, syncEvery: 600 };

/** Tries exchanges, and keeps the plan of when to try the next ones. */
export function openAttempts({
  exchange,
  journal,
  clock,
  random,
  log,
  isOpen,
}: AttemptContext & { isOpen: () => boolean }) {
  let plan: Plan = IDLE;
  const pace = () => {
    const { license } = journal.state();
    return license ? { ...license, hasBudgets: license.settings.whenOffline === "bounded" } : USUAL_PACE;
  };

  /** Returns the problem, if there was one: then the rest of the round would meet it too. */
  const attempt = async (task: Task): Promise<BackendProblem | null> => {
    const before = journal.state();
    if (!isOpen() || !before.license) return null;
    try {
      await exchange[task]();
      if (isInUse(before) && !isInUse(journal.state())) plan = firstPlan(clock.ticks(), () => 0);
      plan = doneTask(plan, task, pace(), clock.ticks(), random);
      if (task === "report" && isOwing(journal.state())) plan = reportWanted(plan, clock.ticks(), random);
      return null;
    } catch (error) {
      return failed(error, task);
    }
  };

  const failed = async (error: unknown, task: Task): Promise<BackendProblem> => {
    const { trouble, retryAfter } = asUnanswered(error);
    if (!isOpen()) return trouble;
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

  return {
    attempt,
    plan: () => plan,
    replan(change: (plan: Plan) => Plan): void {
      plan = change(plan);
    },
  };
}

/** Whether the backend responded, just not usably: then the rest of a round may still succeed. */
export function isThere({ kind }: BackendProblem): boolean {
  return kind === "signature" || kind === "answer";
}

/** Whether tasks other than the definition run: not if the license is stopped, or an admin has to accept it. */
export function isInUse({ stop, contact }: State): boolean {
  return stop !== null || contact.trouble?.code === "DUAL_USE_REQUIRED";
}

/** Whether minutes were charged while a report was under way. */
function isOwing({ slots, license }: State): boolean {
  return [...slots.values()].some(
    (slot) => slot.license === license?.number && slot.fault === null && unreported(slot) > 0,
  );
}

function asUnanswered(error: unknown): Unanswered {
  if (error instanceof Unanswered) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new Unanswered({ kind: "fault", words: `The agent couldn't finish an exchange: ${reason}` });
}
