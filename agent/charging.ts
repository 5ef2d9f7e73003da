import { subjectKey } from "@/domain/assignments/subject";
import { capOf } from "@/domain/consumption/quota";
import type { Allotment } from "@/domain/licenses/definition";
import { type Month, monthOf } from "@/domain/month";
import { type MonthView, newSlot, slotKey, withCharge } from "./consumption";
import { withEntry } from "./layered-map";
import { refusalOf } from "./license-status";
import { allotmentView, timeAllotment } from "./metering";
import {
  isPrepaid,
  type Lacking,
  lackingIn,
  type Moment,
  neededMinutes,
  shortageIn,
  withWish,
  workedAhead,
} from "./prepaying";
import { withSessionUse } from "./session-reports";
import { chargedSoFar, chargesByMonth, isInBlock, openSession, type Session, sessionKey } from "./sessions";
import type { License, State } from "./state";

/** `minutes` are active minutes since the session's last call. */
export type TimeRequest = {
  minutes: number;
  subject?: string;
  session?: string;
  app?: string;
  allotment?: string;
};

/**
 * `charged` are whole blocks, in minutes; `remaining` is null if there is no cap. `paid` are active minutes that are
 * charged and not used yet, where blocks are paid before they begin.
 */
export type MeteringResult = {
  granted: boolean;
  charged: number;
  total: number;
  remaining: number | null;
  paid?: number;
  reason?: string;
};

/** `isCounted` is whether these minutes were noted as wanted before. */
type Charging = { at: Moment; newId: () => string; isCounted?: boolean };

/**
 * Charges the blocks that these minutes begin. Used minutes are charged even if access is denied: the last block
 * within the cap is granted, and nobody begins another one.
 */
export function charged(state: State, request: TimeRequest, charging: Charging): [State, MeteringResult] {
  const { license } = state;
  const { now } = charging.at;
  if (!license) return [state, notMetered(state, now, "UNKNOWN_ALLOTMENT")];
  const allotment = timeAllotment(license, request.allotment);
  if (typeof allotment === "string") return [state, notMetered(state, now, allotment)];
  const { key, session } = sessionOf(state, license, allotment, request, now);
  const isAhead = isPrepaid(state, allotment, monthOf(new Date(now)));
  const work = isAhead
    ? workedPrepaid(state, license, allotment, { session, request, ...charging })
    : workedFreely(state, license, allotment, { session, request, now });
  const made = { session: work.session, charges: work.charges, request, now };
  const used = sessionUse(work.state, license, allotment, made, charging.newId);
  const sessions = withEntry(work.state.sessions, key, used.session);
  const next = { ...work.state, sessions, sessionReports: used.reports };
  const result = resultOf(next, license, allotment, { ...work, isAhead }, now);
  return [next, result];
}

/** What a request needs from a budget before it can be granted, and the budget can't pay now; null if nothing. */
export function lackingFor(state: State, request: TimeRequest, at: Moment): Lacking | null {
  const { license } = state;
  const allotment = license && timeAllotment(license, request.allotment);
  if (!license || typeof allotment !== "object" || !allotment) return null;
  const { session } = sessionOf(state, license, allotment, request, at.now);
  return lackingIn(state, allotment, neededMinutes(allotment, { session, minutes: request.minutes, at }), at);
}

type Charged = {
  session: Session;
  charges: ReadonlyMap<Month, number>;
  request: TimeRequest;
  now: number;
};
type Asked = Pick<Charged, "session" | "request">;

function sessionOf(
  state: State,
  { settings }: License,
  { name, usage }: Allotment,
  { subject = "", session = "" }: TimeRequest,
  now: number,
): { key: string; session: Session } {
  const key = sessionKey(name, subjectKey(subject, settings.subjectMatching), session);
  return { key, session: openSession(state.sessions.get(key), usage.minimum, now) };
}

/** Without a budget, blocks are charged once they began; the last known total decides whether another one may. */
function workedFreely(
  state: State,
  license: License,
  allotment: Allotment,
  { session, request, now }: Asked & { now: number },
) {
  const charges = chargesByMonth(session, request.minutes, now);
  const after = { ...session, active: session.active + request.minutes, at: now };
  const slots = withCharges(state, license, allotment, charges);
  return { state: { ...state, slots }, session: after, charges, isPaid: isInBlock(after) };
}

function workedPrepaid(
  state: State,
  license: License,
  allotment: Allotment,
  { session, request, at, isCounted }: Asked & Charging,
) {
  const mayContinue = refusalOf(state, at.now) === undefined;
  const work = { session, minutes: request.minutes, at };
  const worked = workedAhead(state, license, allotment, work, mayContinue);
  const sum = isCounted ? 0 : sumOf(worked.charges);
  return sum > 0
    ? { ...worked, state: withWish(worked.state, allotment, { minutes: sum, need: 0 }, at.now) }
    : worked;
}

function sumOf(charges: ReadonlyMap<Month, number>): number {
  return [...charges.values()].reduce((total, minutes) => total + minutes, 0);
}

/** What the backend is told of a session's charges; a deployment without a network tells nobody. */
function sessionUse(
  state: State,
  { number }: License,
  { name }: Allotment,
  { session, charges, request, now }: Charged,
  newId: () => string,
): ReturnType<typeof withSessionUse> {
  if (state.offline || charges.size === 0) return { reports: state.sessionReports, session };
  const slots = new Map([...charges.keys()].map((month) => [month, slotKey(number, name, month)]));
  const { subject, app, minutes: active } = request;
  const used = { session, license: number, slots, charges, subject, app, active, now };
  return withSessionUse(state.sessionReports, used, newId);
}

function withCharges(
  state: State,
  license: License,
  allotment: Allotment,
  charges: ReadonlyMap<Month, number>,
) {
  if (charges.size === 0) return state.slots;
  const slots = new Map(state.slots);
  for (const [month, minutes] of charges) {
    const key = slotKey(license.number, allotment.name, month);
    const slot = slots.get(key) ?? newSlot(license.number, allotment.name, month);
    slots.set(key, withCharge(slot, minutes));
  }
  return slots;
}

type Worked = Pick<Charged, "session" | "charges"> & { isPaid: boolean; isAhead: boolean };

function resultOf(
  state: State,
  license: License,
  allotment: Allotment,
  { session, charges, isPaid, isAhead }: Worked,
  now: number,
): MeteringResult {
  const view = allotmentView(state, license, allotment, monthOf(new Date(now)));
  const { total, remaining } = view;
  const limit = isAhead
    ? isPaid || shortageIn(state, license, allotment, now)
    : !isOver(view, isPaid) || "QUOTA_REACHED";
  const reason = refusalOf(state, now) ?? (limit === true ? undefined : limit);
  const paid = isAhead ? { paid: Math.max(0, chargedSoFar(session) - session.active) } : {};
  const result = { granted: reason === undefined, charged: sumOf(charges), total, remaining, ...paid };
  return reason ? { ...result, reason } : result;
}

function isOver(view: MonthView, isPaid: boolean): boolean {
  const cap = capOf(view);
  return cap !== null && (isPaid ? view.total > cap : view.total >= cap);
}

function notMetered(state: State, now: number, otherwise: string): MeteringResult {
  const reason = refusalOf(state, now) ?? otherwise;
  return { granted: false, charged: 0, total: 0, remaining: 0, reason };
}
