import { type Allotment, unitsInForce } from "@/domain/licenses/definition";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { DAY, type Month, monthOf } from "@/domain/month";
import { LOG_KINDS, type LogKind } from "@/domain/offline/offline-log";
import { type BackendProblemKind, clockText } from "./backend-problem";
import type { MonthView } from "./consumption";
import { type RefusalReason, refusalOf, refusalText } from "./license-status";
import { liveSeats, localAssignmentsOf, shownAllotments } from "./local-assignments";
import { allotmentView, timeAllotments } from "./metering";
import {
  type Asking,
  type DualUseCode,
  isOnline,
  type KeyError,
  type License,
  type Rejection,
  type State,
  unreported,
} from "./state";

/** The status of an agent, for the panel, the health check and other callers. Times are RFC 3339; the key is never shown. */
export type Status = {
  state: "ready" | "no-license" | "waiting" | "stopped" | "lease-ended" | "not-yet-valid";
  /** Why nobody has access and what to do; null if all is well. */
  refusal: { code: RefusalReason; detail: string } | null;
  license: LicenseStatus | null;
  lease: { until: string; secondsLeft: number } | null;
  seats: SeatStatus[];
  time: TimeStatus[];
  contact: { last: string | null; failures: number; nextTryInSeconds: number | null };
  error: ErrorStatus | null;
  /** Why the last entered key was refused; null once a key is accepted. */
  keyError: ErrorStatus | null;
  /** A key that the backend accepts once an admin accepts this deployment. */
  asking: { number: string; code: DualUseCode; detail: string; since: string } | null;
  /** Problems ahead that somebody can prevent, in sentences. */
  warnings: string[];
  waiting: { patches: number; minutes: number };
  rejections: (Omit<Rejection, "at"> & { at: string })[];
  source: string;
  /** The checkout and logs of a deployment without a network. */
  offline: OfflineStatus | null;
};

type OfflineStatus = {
  checkout: string;
  issued: string;
  /** `lines` is how many were written, `through` how many of them the last reply covered. */
  logs: { kind: LogKind; log: string; lines: number; through: number }[];
};

type ErrorStatus = { kind: BackendProblemKind; code?: string; detail: string; at: string };

type LicenseStatus = {
  number: string;
  product: string;
  valid: string;
  trial: boolean;
  status: License["status"];
  version: string;
  settings: License["settings"];
};

type SeatStatus = { allotment: string; units: number; assigned: number };
type TimeStatus = MonthView & {
  allotment: string;
  month: Month;
  used: number;
  unreported: number;
  fault: string | null;
};

const WARN_BEFORE = 7 * DAY;
const WARN_OFFLINE_BEFORE = 30 * DAY;
const QUIET_FOR = DAY / 24;

/** `more` are warnings about the machine. */
export function statusOf(
  state: State,
  now: number,
  nextTryIn: number | null,
  more: readonly string[] = [],
): Status {
  const { license, contact, source, outbox, rejections, keyError, asking } = state;
  const { trouble, failures, lastAt } = contact;
  const code = refusalOf(state, now);
  return {
    state: statusTextOf(code),
    refusal: code ? { code, detail: detailOf(state, code) } : null,
    license: license && licenseStatus(license),
    lease: license && { until: text(license.leaseEnd), secondsLeft: seconds(license.leaseEnd - now) },
    seats: license ? seatStatus(state, license, now) : [],
    time: license ? timeStatus(state, license, monthOf(new Date(now))) : [],
    contact: {
      last: lastAt === null ? null : text(lastAt),
      failures,
      nextTryInSeconds: nextTryIn === null ? null : Math.ceil(nextTryIn / 1000),
    },
    error: errorStatus(trouble ?? (license ? null : keyError)),
    keyError: errorStatus(keyError),
    asking: asking && askingStatus(asking),
    warnings: [...warningsOf(state, now), ...more],
    waiting: { patches: outbox.length, minutes: state.offline ? 0 : unreportedMinutes(state) },
    rejections: rejections.map((each) => ({ ...each, at: text(each.at) })).reverse(),
    source,
    offline: offlineStatus(state),
  };
}

/** Whether anybody can have access now. */
export function isReady(state: State, now: number): boolean {
  return refusalOf(state, now) === undefined;
}

export function unreportedMinutes({ slots }: State): number {
  return [...slots.values()].reduce((sum, slot) => sum + unreported(slot), 0);
}

/** Minutes that a restored or cloned agent didn't report on purpose. */
export function forgoneMinutes({ slots }: State): number {
  return [...slots.values()].reduce((sum, { forgone }) => sum + forgone, 0);
}

export function timeStatus(state: State, license: License, month: Month): TimeStatus[] {
  return timeAllotments(license.definition).map((allotment) => ({
    allotment: allotment.name,
    month,
    ...allotmentView(state, license, allotment, month),
  }));
}

export function seatStatus(state: State, license: License, now: number): SeatStatus[] {
  const assignments = localAssignmentsOf(state, license);
  return shownAllotments(assignments, license).map((allotment: Allotment) => ({
    allotment: allotment.name,
    units: unitsInForce(allotment, new Date(now)),
    assigned: liveSeats(assignments, allotment.name),
  }));
}

function offlineStatus({ offline, logs }: State): OfflineStatus | null {
  if (!offline) return null;
  const { checkout, issued } = offline;
  const heads = LOG_KINDS.flatMap((kind) => {
    const head = logs[kind];
    return head ? [{ kind, log: head.log, lines: head.sequence, through: head.through }] : [];
  });
  return { checkout, issued: text(issued), logs: heads };
}

function errorStatus(problem: KeyError | null): ErrorStatus | null {
  if (!problem) return null;
  const { kind, code, words, at } = problem;
  return { kind, ...(code ? { code } : {}), detail: words, at: text(at) };
}

function askingStatus({ number, code, detail, since }: Asking): Status["asking"] {
  return { number: formatLicenseNumber(number), code, detail, since: text(since) };
}

function detailOf(state: State, code: RefusalReason): string {
  const { license, stop, asking } = state;
  return (license ? stop?.detail : asking?.detail) ?? refusalText(state, code);
}

function licenseStatus({ number, definition, status, version, settings }: License): LicenseStatus {
  const { product, valid, trial } = definition;
  return { number: formatLicenseNumber(number), product, valid, trial, status, version, settings };
}

/** Warns of the lease's end from a week before, if the backend isn't reached; of a wrong clock at once. */
function warningsOf(state: State, now: number): string[] {
  const { license, contact, time, slots, asking } = state;
  const left = license ? license.leaseEnd - now : Number.POSITIVE_INFINITY;
  const offline =
    state.offline && left > 0 && left < WARN_OFFLINE_BEFORE
      ? `The signed definition expires in ${span(left)}. Download a renewed one from the backend, then drop it here.`
      : null;
  const isQuiet = !isOnline(state) || now - (contact.lastAt ?? 0) > QUIET_FOR;
  const lease =
    !state.offline && left > 0 && left < WARN_BEFORE && isQuiet
      ? `Users lose access in ${span(left)} unless the backend is reached.`
      : null;
  const ending = license?.status === "expiring" || license?.status === "grace";
  const validity = ending
    ? `The license ${license.status === "grace" ? "has ended and is in its grace days" : "ends soon"}: ${license.definition.valid}.`
    : null;
  const faults = [...slots.values()].flatMap(({ fault, allotment, month }) =>
    fault ? [`The backend didn't count ${allotment} for ${month}: ${fault}`] : [],
  );
  const other =
    license && asking ? `The key for ${formatLicenseNumber(asking.number)}: ${asking.detail}` : null;
  return [lease || null, offline, validity, other, clockText(time.ahead), ...faults].filter(
    (warning) => warning !== null,
  );
}

function statusTextOf(code: RefusalReason | undefined): Status["state"] {
  if (code === undefined) return "ready";
  if (code === "NO_LICENSE") return "no-license";
  if (code === "DUAL_USE_REQUIRED") return "waiting";
  if (code === "LEASE_ENDED") return "lease-ended";
  return code === "NOT_YET_VALID" ? "not-yet-valid" : "stopped";
}

function span(ms: number): string {
  const hours = Math.floor(ms / (DAY / 24));
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return hours > 1 ? `${hours} hours` : `${Math.max(1, Math.round(ms / 60_000))} minutes`;
}

function text(at: number): string {
  return new Date(at).toISOString();
}

function seconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000));
}
