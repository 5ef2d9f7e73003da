import { nameKey } from "@/domain/licenses/definition";
import type { LogKind } from "@/domain/offline/offline-log";
import { isWholeKey, keyTextIn, whyNoKey } from "@/domain/pasted-key";
import { parseKey } from "@/domain/signed-key";
import { type Access, accessOf, type Decision, decided, takenSeat } from "./access";
import { AgentRefusal } from "./agent-refusal";
import { type Asker, withDualUseRequest } from "./asking";
import { isUseReported, usedSeat } from "./assignments";
import { type BackendProblem, Unanswered } from "./backend-problem";
import type { Clock } from "./clock";
import type { Exchange } from "./exchange";
import type { Journal } from "./journal";
import { REFUSAL_TEXTS } from "./license-status";
import { type LocalSeat, localAssignmentsOf, seatsByAllotment } from "./local-assignments";
import { charged, type MeteringResult, type TimeRequest } from "./metering";
import { areTotalsStale } from "./reporting";
import type { Rounds } from "./rounds";
import { TASKS, type Task } from "./schedule";
import { isPending, seatOrThrow, withAssignment, withRelease } from "./seating";
import { isDualUse, isOnline, type State, withoutLicense } from "./state";
import { nowOf } from "./time";

type Parts = { journal: Journal; exchange: Exchange; rounds: Rounds; asker: Asker; clock: Clock };

const PATIENCE_MS = 2000;

/** What an agent does for the product beside it. */
export type Service = ReturnType<typeof openService> & { offline?: OfflineActions };

export function openService({ journal, exchange, rounds, asker, clock }: Parts) {
  const now = (state = journal.state()) => nowOf(state.time, { wall: clock.wall(), ticks: clock.ticks() });

  /** Asks the backend, and waits for it as long as somebody at a sign-in can. */
  const askedBackend = async (task: Task, isAnswered: (state: State) => boolean) => {
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

  /** Who holds a seat is not known until the first sync: with a key just entered, a sign-in waits for it. */
  const firstSync = async () => {
    const { license, base, stop } = journal.state();
    if (license && !base && !stop) await askedBackend("sync", ({ base: known }) => known !== null);
  };

  /** What other sites use is asked for only while somebody uses it here. Answers whether it became known. */
  const freshTotals = async () => {
    if (!areTotalsStale(journal.state(), now())) return false;
    await askedBackend("totals", (state) => !areTotalsStale(state, now(state)));
    return !areTotalsStale(journal.state(), now());
  };

  return {
    state: journal.state,
    now,
    nextTryIn: () => rounds.nextIn() ?? asker.nextIn(),

    /** Lets a subject in by its assignment, else by an automatic one, else by capacity, as the license allows. */
    async access(subject: unknown): Promise<Access> {
      await firstSync();
      const tried = new Set<string>();
      for (;;) {
        const known = decided(journal.state(), subject, now());
        const decision =
          known ?? (await journal.change((state) => takenSeat(state, subject, tried, now(state))));
        if (decision.byCapacity && (await freshTotals())) continue;
        const allotment = nameKey(decision.allotment ?? "");
        if (!decision.pending || tried.has(allotment)) return letIn(decision);
        tried.add(allotment);
        await askedBackend("sync", (state) => !decided(state, subject, now(state))?.pending);
      }
    },

    /** Charges active minutes; whole blocks at a time. */
    async time(request: TimeRequest): Promise<MeteringResult> {
      await freshTotals();
      const response = await journal.change((state) => charged(state, request, now(state)));
      if (response.charged > 0) rounds.reportSoon();
      return response;
    },

    assignments(): LocalSeat[] {
      const state = journal.state();
      return state.license
        ? seatsByAllotment(localAssignmentsOf(state, state.license), state.license, now())
        : [];
    },

    /** Gives a subject a seat: at once here, and for good when the backend agrees. */
    async assign(subject: string, allotment: string): Promise<LocalSeat> {
      await journal.change((state) => [withAssignment(state, subject, allotment, now(state)), undefined]);
      await askedBackend("sync", (state) => !isPending(state, subject, allotment, now(state)));
      return seatOrThrow(journal.state(), subject, allotment, now());
    },

    async release(subject: string, allotment: string): Promise<void> {
      await journal.change((state) => [withRelease(state, subject, allotment, now(state)), undefined]);
      if (isOnline(journal.state())) void rounds.now(["sync"]);
    },

    /** Takes a pasted key if the backend takes it; else the old one stays. One that an admin has to accept first waits. */
    async enterKey(pasted: string): Promise<void> {
      const text = keyTextIn(pasted);
      const key = text && isWholeKey(text) ? parseKey(text) : null;
      if (!key) throw await keyRefusal({ kind: "key", code: "INVALID_KEY", words: whyNoKey(pasted) });
      await rounds
        .alone(() => exchange.enter(key.text, key.license))
        .catch(async (error: unknown) => {
          if (!(error instanceof Unanswered)) throw error;
          if (!isDualUse(error.trouble)) throw await keyRefusal(error.trouble);
          await waitFor(key.text, key.license, error.trouble);
        });
      rounds.start();
    },

    /** Takes the license out, after a last try to tell the backend what it does not know. */
    async removeKey(): Promise<void> {
      if (isOnline(journal.state())) await rounds.now(["sync", "report"]);
      await rounds.alone(() =>
        journal.change((state) => [withoutLicense({ ...state, asking: null }), undefined]),
      );
      rounds.start();
    },

    /** Exchanges everything now, whatever the pause. */
    async sync(): Promise<void> {
      const { license, asking } = journal.state();
      if (!license && !asking) throw new AgentRefusal(409, "NO_LICENSE", REFUSAL_TEXTS.NO_LICENSE);
      const unasked = asking && (await asker.now());
      const isInForce = journal.state().license !== null;
      const problem = isInForce ? await rounds.now(TASKS) : unasked && (isDualUse(unasked) ? null : unasked);
      if (problem) throw refusalFor(problem);
    },

    /** Resolves when nothing is being exchanged or written. */
    async settled(): Promise<void> {
      await rounds.alone(async () => {});
      await journal.settled();
    },
  };

  /** A key that was decided on already waits too: an admin can accept it later. Who enters it is told. */
  async function waitFor(key: string, number: string, problem: BackendProblem): Promise<void> {
    await journal.change((state) => [
      withDualUseRequest(state, { key, number, trouble: problem, now: now(state) }),
      undefined,
    ]);
    asker.start();
    if (problem.code !== "DUAL_USE_REQUIRED") throw refusalFor(problem);
  }

  /** Keeps why a key was not taken for whoever asks later. */
  async function keyRefusal(problem: BackendProblem): Promise<AgentRefusal> {
    await journal.change((state) => [{ ...state, keyError: { ...problem, at: now(state) } }, undefined]);
    return refusalFor(problem);
  }

  async function letIn(decision: Decision): Promise<Access> {
    const { row } = decision;
    if (row && !isUseReported(journal.state(), row, now()))
      await journal.change((state) => [
        state.license ? usedSeat(state, state.license, row, now(state)) : state,
        null,
      ]);
    return accessOf(decision);
  }
}

/** A trouble as an answer to whoever asked: the backend's own no is theirs, all else is a backend that is away. */
function refusalFor({ kind, code, words }: BackendProblem): AgentRefusal {
  if (kind === "key") return new AgentRefusal(422, "INVALID_KEY", words);
  if (kind === "refused" && code) return new AgentRefusal(403, code, words);
  return new AgentRefusal(503, "BACKEND_AWAY", words);
}

/** What only a site without a network does. */
export type OfflineActions = {
  /** Takes a renewed signed definition. */
  enterSld(text: string): Promise<void>;
  /** Takes the backend's reply to an uploaded log. */
  enterReply(text: string): Promise<void>;
  /** A log as people carry it to the backend, line by line. */
  log(kind: LogKind): Iterable<string>;
  /** What is wrong with this machine, in sentences. */
  warnings(): string[];
};
