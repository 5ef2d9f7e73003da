/** The tasks that an agent runs with the backend on its own, in this order. */
export const TASKS = ["definition", "sync", "report", "totals"] as const;
export type Task = (typeof TASKS)[number];

/** When each task is due on the monotonic clock, in milliseconds; Infinity means never. */
export type Plan = {
  due: Readonly<Record<Task, number>>;
  failures: number;
  /** Nothing is tried before this time: the backend was away, or asked to wait. */
  notBefore: number;
};

/** Returns numbers from 0 up to, but not including, 1. */
export type Random = () => number;

const SECOND = 1000;
const START_WITHIN = 5 * SECOND;
const REPORT_WITHIN = 30 * SECOND;
const FIRST_PAUSE = 5 * SECOND;
const LONGEST_PAUSE = 600 * SECOND;
const NEVER = Number.POSITIVE_INFINITY;

/** Spreads the first tasks over some seconds, in case many agents start at once. */
export function firstPlan(ticks: number, random: Random): Plan {
  const at = ticks + random() * START_WITHIN;
  return { due: { definition: at, sync: at, report: at, totals: at }, failures: 0, notBefore: 0 };
}

/** The tasks that are due now; all of them if somebody asked. */
export function dueTasks({ due, notBefore }: Plan, ticks: number): Task[] {
  return ticks < notBefore ? [] : TASKS.filter((task) => due[task] <= ticks);
}

export function nextWake({ due, notBefore }: Plan): number {
  return Math.max(notBefore, Math.min(...TASKS.map((task) => due[task])));
}

/**
 * The next time of a finished task. The definition is refreshed well within its limit, syncs around their interval,
 * and so are budgets of minutes, if there are any.
 */
export function doneTask(
  plan: Plan,
  task: Task,
  every: { refreshAfter: number; syncEvery: number; hasBudgets?: boolean },
  ticks: number,
  random: Random,
): Plan {
  const next: Record<Task, number> = {
    definition: ticks + every.refreshAfter * SECOND * (0.75 + 0.2 * random()),
    sync: ticks + around(every.syncEvery, random),
    report: every.hasBudgets ? ticks + around(every.syncEvery, random) : NEVER,
    totals: NEVER,
  };
  const due = { ...plan.due, [task]: next[task] };
  return { due: { ...due, report: Math.min(due.report, next.report) }, failures: 0, notBefore: 0 };
}

/** Makes a task due at a time, unless it is due before. */
function wanted(plan: Plan, task: Task, at: number): Plan {
  return { ...plan, due: { ...plan.due, [task]: Math.min(plan.due[task], at) } };
}

/** Minutes were charged: they are reported together, half a minute later at most. */
export function reportWanted(plan: Plan, ticks: number, random: Random): Plan {
  return wanted(plan, "report", ticks + REPORT_WITHIN * (0.5 + 0.5 * random()));
}

/**
 * After a failure all tasks wait: exponentially longer up to ten minutes, with full jitter, so that all the agents
 * that an outage cut off come back spread out. A `Retry-After` (seconds) extends that.
 */
export function failedTask(plan: Plan, retryAfter: number | undefined, ticks: number, random: Random): Plan {
  const failures = plan.failures + 1;
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(failures, 20));
  return { ...plan, failures, notBefore: ticks + (retryAfter ?? 0) * SECOND + random() * longest };
}

/**
 * The backend is there, but its response to this task can't be used: other tasks continue, and this one waits for one
 * sync interval.
 */
export function setAside(plan: Plan, task: Task, syncEvery: number, ticks: number, random: Random): Plan {
  return { ...plan, due: { ...plan.due, [task]: ticks + around(syncEvery, random) } };
}

/**
 * A stopped agent only requests its definition, at the interval of its syncs: the response will say when the stop is
 * lifted.
 */
export function stoppedPlan(plan: Plan, syncEvery: number, ticks: number, random: Random): Plan {
  const definition = ticks + around(syncEvery, random);
  return {
    due: { definition, sync: NEVER, report: NEVER, totals: NEVER },
    failures: plan.failures,
    notBefore: 0,
  };
}

/**
 * The product is no longer the license's own, and an admin has to accept this deployment: the agent requests only its
 * definition, at once and then at the interval of its syncs, while the lease continues.
 */
export function askingPlan(plan: Plan, after: number, ticks: number, random: Random): Plan {
  return { ...stoppedPlan(plan, after, ticks, random), failures: 0 };
}

/** The plan without a key: nothing is due. */
export const IDLE: Plan = {
  due: { definition: NEVER, sync: NEVER, report: NEVER, totals: NEVER },
  failures: 0,
  notBefore: 0,
};

/** A time of so many seconds, plus or minus a tenth, in milliseconds. */
export function around(seconds: number, random: Random): number {
  return seconds * SECOND * (0.9 + 0.2 * random());
}
