import { nameKey } from "@/domain/licenses/definition";
import type { LogKind } from "@/domain/offline/offline-log";
import { type Access, accessOf, type Decision, decided, lackingBlock, takenSeat } from "./access";
import { AgentRefusal } from "./agent-refusal";
import type { Asker } from "./asking";
import { isUseReported, usedSeat } from "./assignments";
import { charged, lackingFor, type MeteringResult, type TimeRequest } from "./charging";
import type { Clock } from "./clock";
import { withDenial } from "./denials";
import type { Exchange } from "./exchange";
import type { Journal } from "./journal";
import { openKeyEntry, refusalFor } from "./key-entry";
import { REFUSAL_TEXTS } from "./license-status";
import { type LocalSeat, localAssignmentsOf, seatsByAllotment } from "./local-assignments";
import { timeAllotment } from "./metering";
import { openPatience } from "./patience";
import type { Rounds } from "./rounds";
import { TASKS } from "./schedule";
import { isPending, seatOrThrow, withAssignment, withRelease } from "./seating";
import { isDualUse, isOnline, type State } from "./state";
import { nowOf } from "./time";

type Parts = {
  journal: Journal;
  exchange: Exchange;
  rounds: Rounds;
  asker: Asker;
  clock: Clock;
  newId: () => string;
};

/** The service of an agent for the product beside it. */
export type Service = ReturnType<typeof openService> & { offline?: OfflineActions };

export function openService({ journal, exchange, rounds, asker, clock, newId }: Parts) {
  const now = (state = journal.state()) => nowOf(state.time, { wall: clock.wall(), ticks: clock.ticks() });

  const moment = (state: State) => ({ now: now(state), uptime: clock.uptime() });

  const { askedBackend, filledBudget, firstSync, freshTotals } = openPatience({
    journal,
    rounds,
    clock,
    now,
  });
  const keys = openKeyEntry({ journal, exchange, rounds, asker, now });

  return {
    state: journal.state,
    now,
    nextTryIn: () => rounds.nextIn() ?? asker.nextIn(),

    /** Decides access by assignment, else by auto-assignment, else by capacity, as the license allows. */
    async access(subject: unknown): Promise<Access> {
      await firstSync();
      const tried = new Set<string>();
      let isFilled = false;
      for (;;) {
        const known = decided(journal.state(), subject, now());
        const decision =
          known ?? (await journal.change((state) => takenSeat(state, subject, tried, moment(state))));
        if (decision.byCapacity && (await freshTotals())) continue;
        if (decision.byCapacity && !isFilled) {
          isFilled = true;
          if (await filledBudget((state) => lackingBlock(state, moment(state)))) continue;
        }
        const allotment = nameKey(decision.allotment ?? "");
        if (!decision.pending || tried.has(allotment)) return letIn(decision, subject);
        tried.add(allotment);
        await askedBackend("sync", (state) => !decided(state, subject, now(state))?.pending);
      }
    },

    /** Charges active minutes, in whole blocks. */
    async time(request: TimeRequest): Promise<MeteringResult> {
      await freshTotals();
      const isCounted = await filledBudget((state) => lackingFor(state, request, moment(state)));
      const { response, isToReport } = await journal.change((state) => {
        const [used, result] = charged(state, request, { at: moment(state), newId, isCounted });
        const next = result.granted ? used : withDenial(used, deniedTime(used, request, result), now(used));
        return [next, { response: result, isToReport: result.charged > 0 || next !== used }];
      });
      if (isToReport) rounds.reportSoon();
      return response;
    },

    assignments(): LocalSeat[] {
      const state = journal.state();
      return state.license
        ? seatsByAllotment(localAssignmentsOf(state, state.license), state.license, now())
        : [];
    },

    /** Assigns a seat to a subject: at once here, and for good when the backend accepts it. */
    async assign(subject: string, allotment: string): Promise<LocalSeat> {
      await journal.change((state) => [withAssignment(state, subject, allotment, now(state)), undefined]);
      await askedBackend("sync", (state) => !isPending(state, subject, allotment, now(state)));
      return seatOrThrow(journal.state(), subject, allotment, now());
    },

    async release(subject: string, allotment: string): Promise<void> {
      await journal.change((state) => [withRelease(state, subject, allotment, now(state)), undefined]);
      if (isOnline(journal.state())) void rounds.now(["sync"]);
    },

    ...keys,

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

  async function letIn(decision: Decision, subject: unknown): Promise<Access> {
    const { row, granted, reason, allotment } = decision;
    if (!granted) {
      const isCounted = await journal.change((state) => {
        const next = withDenial(state, { reason, allotment, subject }, now(state));
        return [next, next !== state];
      });
      if (isCounted) rounds.reportSoon();
    }
    if (row && !isUseReported(journal.state(), row, now()))
      await journal.change((state) => [
        state.license ? usedSeat(state, state.license, row, now(state)) : state,
        null,
      ]);
    return accessOf(decision);
  }
}

/** A denied call for time, with the allotment that it was about; a name that the license doesn't have is none. */
function deniedTime(
  { license }: State,
  { subject, allotment }: TimeRequest,
  { reason }: MeteringResult,
): Parameters<typeof withDenial>[1] {
  const asked = license && timeAllotment(license, allotment);
  return { reason, subject, allotment: typeof asked === "object" && asked ? asked.name : "" };
}

/** Actions that only a deployment without a network has. */
export type OfflineActions = {
  /** Applies a renewed signed definition. */
  enterSld(text: string): Promise<void>;
  /** Applies the backend's reply to an uploaded log. */
  enterReply(text: string): Promise<void>;
  /** A log as people carry it to the backend, line by line. */
  log(kind: LogKind): Iterable<string>;
  /** Problems of this machine, in sentences. */
  warnings(): string[];
};
