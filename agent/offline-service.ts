import { randomUUID } from "node:crypto";
import { type Access, accessOf, decided, takenSeat } from "./access";
import { AgentRefusal } from "./agent-refusal";
import { charged, type MeteringResult, type TimeRequest } from "./charging";
import type { Clock } from "./clock";
import type { Journal, Transition } from "./journal";
import { type LocalSeat, localAssignmentsOf, seatsByAllotment } from "./local-assignments";
import type { LogFiles } from "./log-files";
import { provenReply, provenSld } from "./offline-document";
import { logged } from "./offline-log";
import { type DeploymentFacts, withReply, withSld } from "./offline-taking";
import { seatOrThrow, withAssignment, withRelease } from "./seating";
import type { OfflineActions, Service } from "./service";
import type { State } from "./state";
import type { Store } from "./store";
import { nowOf } from "./time";

type Dependencies = {
  journal: Journal;
  clock: Clock;
  site: DeploymentFacts;
  store: Pick<Store, "lines">;
  files: Pick<LogFiles, "fault" | "pathOf">;
};

const BEHIND_MS = 120_000;

/** The service of an agent that works from a signed definition alone. */
export function openOfflineService({ journal, clock, site, store, files }: Dependencies): Service & {
  offline: OfflineActions;
} {
  const now = (state = journal.state()) => nowOf(state.time, { wall: clock.wall(), ticks: clock.ticks() });
  const moment = (state: State) => ({ now: now(state), uptime: clock.uptime() });

  /** Each change is written together with its log lines. */
  const change = <Result>(transition: Transition<Result>): Promise<Result> =>
    journal.change((state) => {
      const [next, result] = transition(state);
      return [logged(state, next, now(state)), result];
    });

  return {
    state: journal.state,
    now,
    nextTryIn: () => null,

    async access(subject: unknown): Promise<Access> {
      const known = decided(journal.state(), subject, now());
      return accessOf(
        known ?? (await change((state) => takenSeat(state, subject, new Set(), moment(state)))),
      );
    },

    time: (request: TimeRequest): Promise<MeteringResult> =>
      change((state) => charged(state, request, { at: moment(state), newId: randomUUID })),

    assignments(): LocalSeat[] {
      const state = journal.state();
      return state.license
        ? seatsByAllotment(localAssignmentsOf(state, state.license), state.license, now())
        : [];
    },

    async assign(subject: string, allotment: string): Promise<LocalSeat> {
      await change((state) => [withAssignment(state, subject, allotment, now(state)), undefined]);
      return seatOrThrow(journal.state(), subject, allotment, now());
    },

    release: (subject: string, allotment: string) =>
      change((state) => [withRelease(state, subject, allotment, now(state)), undefined]),

    enterKey: () =>
      refuse(
        "This deployment works without a network. Enter a renewed signed definition, or start another agent with --backend and its own folder.",
      ),
    removeKey: () =>
      refuse(
        "This deployment works from its signed definition, which can't be removed here. Stop the agent instead, and keep its logs until they are uploaded.",
      ),
    sync: () =>
      refuse(
        "This deployment works without a network. Upload its logs to the backend, and bring the replies here.",
      ),
    settled: () => journal.settled(),

    offline: {
      async enterSld(text) {
        const proven = await provenSld(text, journal.state().pins);
        await journal.change((state) => [withSld(state, proven, site, now(state)), undefined]);
      },

      async enterReply(text) {
        const { claims } = await provenReply(text, journal.state().pins);
        const hashAt = hashOf(store.lines(claims.kind, claims.through), claims.through);
        await journal.change((state) => [withReply(state, claims, hashAt, now(state)), undefined]);
      },

      log: (kind) => store.lines(kind, 0),

      warnings: () =>
        [behind(clock, now()), files.fault() && unwritten(files)].filter((words) => words !== null),
    },
  };
}

/** The hash of the line with this sequence; null if the log doesn't have it. */
function hashOf(lines: Iterable<string>, sequence: number): string | null {
  for (const text of lines) {
    const line: { sequence: number; hash: string } = JSON.parse(text);
    return line.sequence === sequence ? line.hash : null;
  }
  return null;
}

function behind(clock: Clock, now: number): string | null {
  const minutes = Math.round((now - clock.wall()) / 60_000);
  if (now - clock.wall() <= BEHIND_MS) return null;
  return `This machine's clock is ${minutes} minutes behind the latest time that this agent saw. Correct the clock: the agent uses the later time.`;
}

function unwritten({ fault, pathOf }: Dependencies["files"]): string {
  return `The log files beside ${pathOf("assignments")} can't be written (${fault()}). Nothing is lost: they are written again as soon as possible.`;
}

async function refuse(words: string): Promise<never> {
  throw new AgentRefusal(409, "SITE_IS_OFFLINE", words);
}
