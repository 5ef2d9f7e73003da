import type { Patch } from "@/domain/assignments/assignment";
import type { SubjectMatching } from "@/domain/assignments/subject";
import type { Local } from "@/domain/assignments/sync-client";
import type { Definition } from "@/domain/licenses/definition";
import type { ValidityStatus } from "@/domain/licenses/lease";
import type { BackendProblem } from "./backend-problem";
import type { Budget, Pace } from "./budget";
import type { Slot } from "./consumption";
import type { DenialCount } from "./denials";
import type { Logs, NewLine, OfflineTerms } from "./offline-terms";
import type { SessionReport } from "./session-reports";
import type { Session } from "./sessions";
import { anchored, firstTime, type Reading, type Time } from "./time";

/** A public key of the backend. Its kid identifies it forever. */
export type Pin = { thumbprint: string; jwk: { kty: string; n: string; e: string } };
export type Pins = Readonly<Record<string, Pin>>;

export type Settings = {
  autoAssignProfessional: boolean;
  autoAssignAnalyzer: boolean;
  subjectMatching: SubjectMatching;
  /** In `bounded` mode minutes of an allotment with a cap are granted from a budget only; older backends have no mode. */
  whenOffline?: "optimistic" | "bounded" | undefined;
};

/** The license as the backend last described it; `definition` and `version` are signed in `jws`. */
export type Terms = {
  jws: string;
  definition: Definition;
  version: string;
  status: ValidityStatus;
  settings: Settings;
  etag: string | null;
  /** How long the agent may work without the backend, by the backend's clock. */
  leaseEnd: number;
  /** The interval in seconds. */
  refreshAfter: number;
  syncEvery: number;
};

export type License = Terms & { key: string; number: string };

/** A refusal of the backend that beats any lease. */
export type Stop = { code: StopCode; detail: string; at: number };

/** Codes for a product that isn't the license's own. */
const DUAL_USE_CODES = ["DUAL_USE_REQUIRED", "DUAL_USE_REJECTED", "DUAL_USE_WITHDRAWN"] as const;
export type DualUseCode = (typeof DUAL_USE_CODES)[number];

/** A key that the backend accepts once an admin accepts this deployment. */
export type Asking = { key: string; number: string; code: DualUseCode; detail: string; since: number };

const STOP_CODES = [
  "KEY_REVOKED",
  "LICENSE_REVOKED",
  "LICENSE_SUSPENDED",
  "DUAL_USE_WITHDRAWN",
  "DUAL_USE_REJECTED",
] as const;
export type StopCode = (typeof STOP_CODES)[number];

/** The result of the last attempts to reach the backend. */
export type Contact = {
  lastAt: number | null;
  failures: number;
  trouble: (BackendProblem & { at: number }) | null;
};

/** Why the last entered key was refused. */
export type KeyError = BackendProblem & { at: number };

/** A seat that the backend didn't give: access that was granted on it is withdrawn. */
export type Rejection = { allotment: string; subject: string; code: string; reason: string; at: number };

/** The whole state of an agent. Every part but `paging` is kept on disk, log lines one by one. */
export type State = Local & {
  /** The id by which the backend knows this deployment. */
  source: string;
  /** The id of this unbroken life of the state, under which minutes are reserved. */
  run: string;
  pins: Pins;
  time: Time;
  license: License | null;
  stop: Stop | null;
  contact: Contact;
  keyError: KeyError | null;
  asking: Asking | null;
  /** How many patches have left the outbox: the position of its first one among all that were ever written. */
  sentPatches: number;
  /** The latest `created` that was given, in milliseconds: no two lives of an assignment have the same time. */
  lastCreated: number;
  rejections: readonly Rejection[];
  /** The keys, by number, of licenses that were replaced while they had unreported minutes. */
  former: Readonly<Record<string, string>>;
  slots: ReadonlyMap<string, Slot>;
  /** The minutes that are reserved for this run, by the key of their slot. */
  budgets: ReadonlyMap<string, Budget>;
  paces: ReadonlyMap<string, Pace>;
  sessions: ReadonlyMap<string, Session>;
  /** What sessions charged, by the id of the report. */
  sessionReports: ReadonlyMap<string, SessionReport>;
  denials: ReadonlyMap<string, DenialCount>;
  /** The last day for which the use of a seat was reported, by instance. */
  used: ReadonlyMap<string, string>;
  /** The offline terms of a deployment without a network, from its signed definition. */
  offline: OfflineTerms | null;
  logs: Logs;
  /** Log lines that are written with this state; none in a state that is on disk. */
  newLines: readonly NewLine[];
};

/** A response whose signature was verified. */
export type Verified = { terms: Terms; signedAt: number; pins: Pins };

const NOTHING_STORED = {
  license: null,
  stop: null,
  base: null,
  rows: new Map(),
  outbox: [] as readonly Patch[],
  paging: null,
  rejections: [],
  sessions: new Map(),
  budgets: new Map(),
  paces: new Map(),
  used: new Map(),
};

export function freshState(source: string, reading: Reading): State {
  return {
    source,
    run: "",
    pins: {},
    time: firstTime(reading),
    contact: { lastAt: null, failures: 0, trouble: null },
    keyError: null,
    asking: null,
    sentPatches: 0,
    lastCreated: 0,
    former: {},
    slots: new Map(),
    sessionReports: new Map(),
    denials: new Map(),
    offline: null,
    logs: {},
    newLines: [],
    ...NOTHING_STORED,
  };
}

/** The state after the backend accepted a key. Another license starts empty, the same one continues. */
export function entered(
  state: State,
  key: string,
  number: string,
  verified: Verified,
  reading: Reading,
): State {
  const kept = state.license?.number === number ? state : withoutLicense(state);
  const { [number]: _, ...former } = kept.former;
  return renewed(
    { ...kept, former, keyError: null, asking: null },
    { key, number, ...verified.terms },
    verified,
    reading,
  );
}

/** The state with the backend's current description of the license. */
export function refreshed(state: State, verified: Verified, reading: Reading): State {
  if (!state.license) return state;
  const { key, number } = state.license;
  return renewed(state, { key, number, ...verified.terms }, verified, reading);
}

/** The state of a new run: what the backend reserved for the old one can't be spent any more, but is still reported. */
export function withNewRun(state: State, run: string): State {
  return { ...state, run, budgets: new Map() };
}

/** The state if nothing but the end of the lease changed. */
export function leaseRenewed(state: State, leaseEnd: number): State {
  return state.license ? { ...state, license: { ...state.license, leaseEnd } } : state;
}

/** The state without the license. Its unreported minutes stay, with the key under which they are reported. */
export function withoutLicense(state: State): State {
  const { license } = state;
  if (!license) return state;
  const slots = new Map([...state.slots].filter(([, slot]) => unreported(slot) > 0));
  const isOwed = [...slots.values()].some((slot) => slot.license === license.number);
  const former = isOwed ? { ...state.former, [license.number]: license.key } : state.former;
  const sentPatches = state.sentPatches + state.outbox.length;
  return { ...state, ...NOTHING_STORED, sentPatches, slots, former };
}

/** The backend accepted a request: that lifts a stop and ends a problem, unless its definition couldn't be verified. */
export function reached(state: State, now: number): State {
  const { trouble } = state.contact;
  const unproven = trouble?.kind === "signature" ? trouble : null;
  return { ...state, stop: null, contact: { lastAt: now, failures: 0, trouble: unproven } };
}

/** The backend wasn't reached, or refused. Only its own revocation or suspension stops a license that has a lease. */
export function troubled(state: State, trouble: BackendProblem, now: number): State {
  const { code, words } = trouble;
  const stop = trouble.status === 403 && isStop(code) ? { code, detail: words, at: now } : state.stop;
  const { lastAt, failures } = state.contact;
  return { ...state, stop, contact: { lastAt, failures: failures + 1, trouble: { ...trouble, at: now } } };
}

/** Charged minutes that no response of the backend covers. */
export function unreported({ sent, pending }: Slot): number {
  return (sent?.amount ?? 0) + pending;
}

function renewed(state: State, license: License, { signedAt, pins }: Verified, reading: Reading): State {
  const contact = { ...state.contact, trouble: null };
  const budgets = license.settings.whenOffline === "bounded" ? state.budgets : new Map();
  return { ...state, license, budgets, pins, contact, time: anchored(signedAt, reading) };
}

/** Whether an admin of the license decides on it. */
export function isDualUse({ status, code }: BackendProblem): boolean {
  return status === 403 && DUAL_USE_CODES.some((each) => each === code);
}

function isStop(code: string | undefined): code is StopCode {
  return STOP_CODES.some((each) => each === code);
}

/** Whether the last attempt reached the backend. */
export function isOnline({ contact }: Pick<State, "contact">): boolean {
  return contact.failures === 0 && contact.lastAt !== null;
}
