import { type BackendProblem, Unanswered } from "./backend-problem";
import type { Clock } from "./clock";
import type { Exchange } from "./exchange";
import type { Journal } from "./journal";
import type { Rounds } from "./rounds";
import { around, type Random } from "./schedule";
import { type Asking, type DualUseCode, isDualUse, type State, troubled } from "./state";
import { nowOf } from "./time";

type With = {
  exchange: Pick<Exchange, "enter">;
  journal: Journal;
  rounds: Pick<Rounds, "alone" | "start">;
  clock: Clock;
  random: Random;
  log: (line: string) => void;
};

const EVERY_SECONDS = 600;
const START_WITHIN_MS = 5000;

/** Sends a key that waits for an admin again, until the backend accepts it. */
export type Asker = {
  /** Starts once a key waits; `soon` after a start of the agent. */
  start(soon?: boolean): void;
  /** Sends the key at once; returns the problem if the key still waits. */
  now(): Promise<BackendProblem | null>;
  /** Milliseconds until the next attempt; null if no key waits. */
  nextIn(): number | null;
  stop(): void;
};

export function openAsker({ exchange, journal, rounds, clock, random, log }: With): Asker {
  let isOpen = true;
  let at: number | null = null;
  let callOff = () => {};

  const arm = (ms: number) => {
    callOff();
    at = isOpen && journal.state().asking ? clock.ticks() + ms : null;
    if (at !== null)
      callOff = clock.after(ms, async () => {
        await ask();
      });
  };

  const now = (state: State) => nowOf(state.time, { wall: clock.wall(), ticks: clock.ticks() });

  const ask = (): Promise<BackendProblem | null> =>
    rounds.alone(async () => {
      const { asking } = journal.state();
      if (!isOpen || !asking) return null;
      try {
        await exchange.enter(asking.key, asking.number);
        rounds.start();
        return null;
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        const { trouble } = error;
        await journal.change((state) => [stillAsking(state, trouble, now(state)), undefined]);
        log(trouble.words);
        return trouble;
      } finally {
        arm(around(EVERY_SECONDS, random));
      }
    });

  return {
    start: (soon = false) => arm(soon ? random() * START_WITHIN_MS : around(EVERY_SECONDS, random)),
    now: ask,
    nextIn: () => (at === null ? null : Math.max(0, at - clock.ticks())),
    stop() {
      isOpen = false;
      callOff();
    },
  };
}

/** A key that the backend accepts once an admin accepts this deployment; the license in force stays until then. */
export function withDualUseRequest(
  state: State,
  { key, number, trouble, now }: { key: string; number: string; trouble: BackendProblem; now: number },
): State {
  const since = state.asking?.key === key ? state.asking.since : now;
  const asking: Asking = { key, number, code: codeOf(trouble), detail: trouble.words, since };
  return contacted({ ...state, asking, keyError: null }, now);
}

/**
 * The key was sent again and not accepted. Keeps an admin's decision and other refusals of the backend; if the
 * backend is away, that is a problem.
 */
function stillAsking(state: State, problem: BackendProblem, now: number): State {
  const { asking } = state;
  if (!asking) return state;
  if (problem.status !== 403) return state.license ? state : troubled(state, problem, now);
  const code = isDualUse(problem) ? codeOf(problem) : asking.code;
  return contacted({ ...state, asking: { ...asking, code, detail: problem.words } }, now);
}

/** The backend responded. With a license in force its own rounds record the contact. */
function contacted(state: State, now: number): State {
  return state.license ? state : { ...state, contact: { lastAt: now, failures: 0, trouble: null } };
}

function codeOf({ code }: BackendProblem): DualUseCode {
  return code === "DUAL_USE_REJECTED" || code === "DUAL_USE_WITHDRAWN" ? code : "DUAL_USE_REQUIRED";
}
