import type { Patch } from "@/domain/assignments/assignment";
import type { SubjectMatching } from "@/domain/assignments/subject";
import type { Local } from "@/domain/assignments/sync-client";
import type { Definition } from "@/domain/licenses/definition";
import type { ValidityStatus } from "@/domain/licenses/lease";
import type { BackendProblem } from "./backend-problem";
import type { Slot } from "./consumption";
import type { Logs, NewLine, OfflineTerms } from "./offline-terms";
import type { Session } from "./sessions";
import { anchored, firstTime, type Reading, type Time } from "./time";

/** A public key of the backend. Its kid stands for it for ever. */
export type Pin = { thumbprint: string; jwk: { kty: string; n: string; e: string } };
export type Pins = Readonly<Record<string, Pin>>;

export type Settings = {
  autoAssignProfessional: boolean;
  autoAssignAnalyzer: boolean;
  subjectMatching: SubjectMatching;
};

/** What the backend last said of the license; `definition` and `version` stand signed in `jws`. */
export type Terms = {
  jws: string;
  definition: Definition;
  version: string;
  status: ValidityStatus;
  settings: Settings;
  etag: string | null;
  /** Until when the agent may go on without the backend, by the backend's clock. */
  leaseEnd: number;
  /** In seconds. */
  refreshAfter: number;
  syncEvery: number;
};

export type License = Terms & { key: string; number: string };

/** A no of the backend that beats any lease. */
export type Stop = { code: StopCode; detail: string; at: number };

/** What the backend says of a product that isn't the license's own. */
const DUAL_USE_CODES = ["DUAL_USE_REQUIRED", "DUAL_USE_REJECTED", "DUAL_USE_WITHDRAWN"] as const;
export type DualUseCode = (typeof DUAL_USE_CODES)[number];

/** A key that the backend takes once an admin accepts this deployment. */
export type Asking = { key: string; number: string; code: DualUseCode; detail: string; since: number };

const STOP_CODES = [
  "KEY_REVOKED",
  "LICENSE_REVOKED",
  "LICENSE_SUSPENDED",
  "DUAL_USE_WITHDRAWN",
  "DUAL_USE_REJECTED",
] as const;
export type StopCode = (typeof STOP_CODES)[number];

/** How the last attempts to reach the backend went. */
export type Contact = {
  lastAt: number | null;
  failures: number;
  trouble: (BackendProblem & { at: number }) | null;
};

/** Why the key that was entered last was not taken. */
export type KeyError = BackendProblem & { at: number };

/** A seat that the backend did not give: what had been granted on it is withdrawn. */
export type Rejection = { allotment: string; subject: string; code: string; reason: string; at: number };

/** All that an agent knows. Every part but `paging` is kept on disk, lines of logs one by one. */
export type State = Local & {
  /** The id by which the backend knows this deployment. */
  source: string;
  pins: Pins;
  time: Time;
  license: License | null;
  stop: Stop | null;
  contact: Contact;
  keyError: KeyError | null;
  asking: Asking | null;
  /** How many patches have left the outbox: the place of its first one in all that were ever written. */
  sentPatches: number;
  /** The latest `created` that was given, in milliseconds: no two lives of an assignment begin at one time. */
  lastCreated: number;
  rejections: readonly Rejection[];
  /** The keys of licenses that were replaced while minutes of them were unreported, by number. */
  former: Readonly<Record<string, string>>;
  slots: ReadonlyMap<string, Slot>;
  sessions: ReadonlyMap<string, Session>;
  /** The last day for which the use of a seat was told, by instance. */
  used: ReadonlyMap<string, string>;
  /** Of a site without a network: what its signed definition tells beside the license. */
  offline: OfflineTerms | null;
  logs: Logs;
  /** Lines that are written with this state; none in a state that is on disk. */
  newLines: readonly NewLine[];
};

/** An answer whose signature was verified. */
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
  used: new Map(),
};

export function freshState(source: string, reading: Reading): State {
  return {
    source,
    pins: {},
    time: firstTime(reading),
    contact: { lastAt: null, failures: 0, trouble: null },
    keyError: null,
    asking: null,
    sentPatches: 0,
    lastCreated: 0,
    former: {},
    slots: new Map(),
    offline: null,
    logs: {},
    newLines: [],
    ...NOTHING_STORED,
  };
}

/** A key was entered that the backend took. Another license begins with nothing, the same one goes on. */
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

/** The license as the backend tells it now. */
export function refreshed(state: State, verified: Verified, reading: Reading): State {
  if (!state.license) return state;
  const { key, number } = state.license;
  return renewed(state, { key, number, ...verified.terms }, verified, reading);
}

/** Nothing changed but the end of the lease. */
export function leaseRenewed(state: State, leaseEnd: number): State {
  return state.license ? { ...state, license: { ...state.license, leaseEnd } } : state;
}

/** The license is taken out. Its unreported minutes stay, and the key by which they are reported. */
export function withoutLicense(state: State): State {
  const { license } = state;
  if (!license) return state;
  const slots = new Map([...state.slots].filter(([, slot]) => unreported(slot) > 0));
  const isOwed = [...slots.values()].some((slot) => slot.license === license.number);
  const former = isOwed ? { ...state.former, [license.number]: license.key } : state.former;
  const sentPatches = state.sentPatches + state.outbox.length;
  return { ...state, ...NOTHING_STORED, sentPatches, slots, former };
}

/** The backend answered yes: that lifts a stop and ends a trouble, but for a definition that could not be proven. */
export function reached(state: State, now: number): State {
  const { trouble } = state.contact;
  const unproven = trouble?.kind === "signature" ? trouble : null;
  return { ...state, stop: null, contact: { lastAt: now, failures: 0, trouble: unproven } };
}

/** The backend was not reached, or said no. Only its own revocation or suspension stops what runs on the lease. */
export function troubled(state: State, trouble: BackendProblem, now: number): State {
  const { code, words } = trouble;
  const stop = trouble.status === 403 && isStop(code) ? { code, detail: words, at: now } : state.stop;
  const { lastAt, failures } = state.contact;
  return { ...state, stop, contact: { lastAt, failures: failures + 1, trouble: { ...trouble, at: now } } };
}

/** Minutes that were charged and that no answer of the backend covers. */
export function unreported({ sent, pending }: Slot): number {
  return (sent?.amount ?? 0) + pending;
}

function renewed(state: State, license: License, { signedAt, pins }: Verified, reading: Reading): State {
  const contact = { ...state.contact, trouble: null };
  return { ...state, license, pins, contact, time: anchored(signedAt, reading) };
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
