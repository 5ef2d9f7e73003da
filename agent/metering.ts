import { type Allotment, allotmentNamed } from "@/domain/definition";
import { type Month, monthOf } from "@/domain/month";
import { capOf } from "@/domain/quota";
import { subjectKey } from "@/domain/subject";
import {
  answered,
  defaultTimePool,
  monthView,
  newSlot,
  type Slot,
  slotKey,
  type Told,
  withCharge,
  withReport,
} from "./consumption";
import { chargesByMonth, isInBlock, openSession, sessionKey } from "./sessions";
import { refusalOf } from "./standing";
import { type License, type State, unreported } from "./state";

/** `minutes` are those of activity since the session's last call. */
export type TimeRequest = {
  minutes: number;
  subject?: string;
  session?: string;
  app?: string;
  allotment?: string;
};

/** `charged` are whole blocks, in minutes; `remaining` is null when there is no cap. */
export type TimeAnswer = {
  granted: boolean;
  charged: number;
  total: number;
  remaining: number | null;
  reason?: string;
};

export type Element = { id: number; allotment: string; month: Month; consumption: number; sequence: number };

/** What the backend says of one element; `error` when it could not book it. */
export type ElementAnswer = {
  id: unknown;
  error?: { code: string; detail: string };
  total?: number;
  quota?: number;
  overage?: Told["overage"];
  duplicate?: boolean;
  sequence?: number;
};

export type MonthTotal = Pick<Told, "total" | "quota" | "overage"> & { allotment: string; month: Month };

const MOST_ELEMENTS = 1000;
const FRESH_MS = 600_000;

/**
 * Charges the blocks that these minutes begin. What was used is charged also when the answer is no: the last block
 * that the cap gives is granted, and nobody begins another one.
 */
export function charged(state: State, request: TimeRequest, now: number): [State, TimeAnswer] {
  const { license } = state;
  if (!license) return [state, notMetered(state, now, "UNKNOWN_ALLOTMENT")];
  const pool = timePool(license, request.allotment);
  if (typeof pool === "string") return [state, notMetered(state, now, pool)];
  const who = subjectKey(request.subject ?? "", license.settings.subjectMatching);
  const key = sessionKey(pool.name, who, request.session ?? "");
  const session = openSession(state.sessions.get(key), pool.usage.minimum, now);
  const charges = chargesByMonth(session, request.minutes, now);
  const after = { ...session, active: session.active + request.minutes, at: now };
  const sessions = new Map(state.sessions).set(key, after);
  const next = { ...state, sessions, slots: withCharges(state, license, pool, charges) };
  const sum = [...charges.values()].reduce((total, minutes) => total + minutes, 0);
  return [next, answerOf(next, license, pool, isInBlock(after), sum, now)];
}

/** What a license has to report now, numbered and written down, by the slots that it speaks for. */
export function numbered(
  state: State,
  number: string,
  except: ReadonlySet<string>,
): [State, ReadonlyMap<string, Element>] {
  const due = [...state.slots].filter(
    ([key, slot]) => slot.license === number && unreported(slot) > 0 && !except.has(key),
  );
  const slots = new Map(state.slots);
  const elements = new Map<string, Element>();
  for (const [key, slot] of due.slice(0, MOST_ELEMENTS)) {
    const next = withReport(slot);
    if (!next.sent) continue;
    const { amount: consumption, sequence } = next.sent;
    slots.set(key, next);
    elements.set(key, {
      id: elements.size + 1,
      allotment: slot.allotment,
      month: slot.month,
      consumption,
      sequence,
    });
  }
  return [elements.size > 0 ? { ...state, slots } : state, elements];
}

/** Takes the answers to numbered elements. One that could not be booked stays written down. */
export function reported(
  state: State,
  elements: ReadonlyMap<string, Element>,
  answers: readonly ElementAnswer[],
  now: number,
): State {
  const slots = new Map(state.slots);
  for (const [key, { id }] of elements) {
    const slot = slots.get(key);
    const answer = answers.find((each) => each.id === id);
    if (slot && answer) slots.set(key, settled(state, slot, answer, now));
  }
  const owed = new Set(
    [...slots.values()].filter((slot) => unreported(slot) > 0).map(({ license }) => license),
  );
  const former = Object.fromEntries(Object.entries(state.former).filter(([number]) => owed.has(number)));
  return { ...state, slots, former };
}

/** Takes the totals of a month over all deployments. */
export function toldTotals(state: State, totals: readonly MonthTotal[], now: number): State {
  const { license } = state;
  if (!license) return state;
  const slots = new Map(state.slots);
  for (const { allotment, month, total, quota, overage } of totals) {
    const key = slotKey(license.number, allotment, month);
    const slot = slots.get(key) ?? newSlot(license.number, allotment, month);
    // A total may hold an unanswered report already: then only its answer can say how much is new.
    if (slot.sent) continue;
    slots.set(key, { ...slot, told: { total, quota, overage, version: license.version, at: now } });
  }
  return { ...state, slots };
}

/** Whether this month's total of a pool of minutes is unknown, known under another definition, or of some time ago. */
export function areTotalsStale({ license, slots }: State, now: number): boolean {
  if (!license) return false;
  const month = monthOf(new Date(now));
  const pools = license.definition.allotments.filter(({ usage }) => usage.class === "time");
  return pools.some(({ name }) => {
    const told = slots.get(slotKey(license.number, name, month))?.told;
    return told?.version !== license.version || now - told.at > FRESH_MS;
  });
}

/** A pool of minutes: the named one, else the usual one. */
export function timePool(
  { definition }: License,
  name?: string,
): Allotment | "NOT_METERED" | "UNKNOWN_ALLOTMENT" {
  const asked = name ?? defaultTimePool(definition);
  const found = asked === undefined ? undefined : allotmentNamed(definition, asked);
  if (!found) return "UNKNOWN_ALLOTMENT";
  return found.usage.class === "time" ? found : "NOT_METERED";
}

/** How a pool of minutes stands this month. */
export function poolView(state: State, license: License, pool: Allotment, month: Month) {
  const slot = state.slots.get(slotKey(license.number, pool.name, month));
  const view = monthView(slot, license.definition, license.version, pool.name, month);
  const { used = 0, fault = null } = slot ?? {};
  return { ...view, used, unreported: slot ? unreported(slot) : 0, fault };
}

function withCharges(state: State, license: License, pool: Allotment, charges: ReadonlyMap<Month, number>) {
  if (charges.size === 0) return state.slots;
  const slots = new Map(state.slots);
  for (const [month, minutes] of charges) {
    const key = slotKey(license.number, pool.name, month);
    const slot = slots.get(key) ?? newSlot(license.number, pool.name, month);
    slots.set(key, withCharge(slot, minutes));
  }
  return slots;
}

function answerOf(
  state: State,
  license: License,
  pool: Allotment,
  isPaid: boolean,
  charged: number,
  now: number,
): TimeAnswer {
  const view = poolView(state, license, pool, monthOf(new Date(now)));
  const { total, remaining } = view;
  const cap = capOf(view);
  const isOver = cap !== null && (isPaid ? total > cap : total >= cap);
  const reason = refusalOf(state, now) ?? (isOver ? "QUOTA_REACHED" : undefined);
  return { granted: reason === undefined, charged, total, remaining, ...(reason ? { reason } : {}) };
}

function notMetered(state: State, now: number, otherwise: string): TimeAnswer {
  const reason = refusalOf(state, now) ?? otherwise;
  return { granted: false, charged: 0, total: 0, remaining: 0, reason };
}

function settled(state: State, slot: Slot, answer: ElementAnswer, now: number): Slot {
  if (answer.error) return { ...slot, fault: answer.error.detail };
  const { total, quota, overage, duplicate = false, sequence = slot.sequence } = answer;
  const next = answered(slot, { duplicate, sequence });
  if (total === undefined || quota === undefined || overage === undefined) return next;
  const version = state.license?.number === slot.license ? state.license.version : "";
  return { ...next, told: { total, quota, overage, version, at: now } };
}
