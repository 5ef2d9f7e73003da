import { type Allotment, unitsInForce } from "@/domain/licenses/definition";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { type Month, monthOf } from "@/domain/month";
import { LOG_KINDS, type LogKind } from "@/domain/offline/offline-log";
import type { BackendProblemKind } from "./backend-problem";
import { unspent } from "./budget";
import { type MonthView, slotKey } from "./consumption";
import { type RefusalReason, refusalOf, refusalText } from "./license-status";
import { liveSeats, localAssignmentsOf, shownAllotments } from "./local-assignments";
import { allotmentView, timeAllotments } from "./metering";
import { isPrepaid } from "./prepaying";
import {
  type Asking,
  type DualUseCode,
  type KeyError,
  type License,
  type Rejection,
  type State,
  unreported,
} from "./state";
import { warningsOf } from "./warnings";

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
  /** The minutes that are reserved for this deployment; null where they are granted without a reservation. */
  budget: BudgetStatus | null;
};

/** `held` minutes can be spent until `until` without the backend; `free` and `others` are what it last said of the rest. */
export type BudgetStatus = { held: number; until: string | null; free: number | null; others: number | null };

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
    budget: isPrepaid(state, allotment, month) ? budgetStatus(state, license, allotment, month) : null,
  }));
}

function budgetStatus(state: State, license: License, { name }: Allotment, month: Month): BudgetStatus {
  const budget = state.budgets.get(slotKey(license.number, name, month));
  const { expires, free = null, others = null } = budget?.told ?? {};
  const until = expires === undefined ? null : text(expires);
  return { held: budget ? unspent(budget) : 0, until, free, others };
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

function statusTextOf(code: RefusalReason | undefined): Status["state"] {
  if (code === undefined) return "ready";
  if (code === "NO_LICENSE") return "no-license";
  if (code === "DUAL_USE_REQUIRED") return "waiting";
  if (code === "LEASE_ENDED") return "lease-ended";
  return code === "NOT_YET_VALID" ? "not-yet-valid" : "stopped";
}

function text(at: number): string {
  return new Date(at).toISOString();
}

function seconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000));
}
