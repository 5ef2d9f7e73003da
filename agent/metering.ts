import { subjectKey } from "@/domain/assignments/subject";
import { capOf } from "@/domain/consumption/quota";
import { type Allotment, allotmentNamed, type Definition } from "@/domain/licenses/definition";
import { type Month, monthOf } from "@/domain/month";
import { defaultTimeAllotment, monthView, newSlot, slotKey, withCharge } from "./consumption";
import { withEntry } from "./layered-map";
import { refusalOf } from "./license-status";
import { withSessionUse } from "./session-reports";
import { chargesByMonth, isInBlock, openSession, type Session, sessionKey } from "./sessions";
import { type License, type State, unreported } from "./state";

/** `minutes` are active minutes since the session's last call. */
export type TimeRequest = {
  minutes: number;
  subject?: string;
  session?: string;
  app?: string;
  allotment?: string;
};

/** `charged` are whole blocks, in minutes; `remaining` is null if there is no cap. */
export type MeteringResult = {
  granted: boolean;
  charged: number;
  total: number;
  remaining: number | null;
  reason?: string;
};

/**
 * Charges the blocks that these minutes begin. Used minutes are charged even if access is denied: the last block
 * within the cap is granted, and nobody begins another one.
 */
export function charged(
  state: State,
  request: TimeRequest,
  now: number,
  newId: () => string,
): [State, MeteringResult] {
  const { license } = state;
  if (!license) return [state, notMetered(state, now, "UNKNOWN_ALLOTMENT")];
  const allotment = timeAllotment(license, request.allotment);
  if (typeof allotment === "string") return [state, notMetered(state, now, allotment)];
  const who = subjectKey(request.subject ?? "", license.settings.subjectMatching);
  const key = sessionKey(allotment.name, who, request.session ?? "");
  const session = openSession(state.sessions.get(key), allotment.usage.minimum, now);
  const charges = chargesByMonth(session, request.minutes, now);
  const after = { ...session, active: session.active + request.minutes, at: now };
  const used = sessionUse(state, license, allotment, { session: after, charges, request, now }, newId);
  const sessions = withEntry(state.sessions, key, used.session);
  const slots = withCharges(state, license, allotment, charges);
  const next = { ...state, sessions, sessionReports: used.reports, slots };
  const sum = [...charges.values()].reduce((total, minutes) => total + minutes, 0);
  return [next, resultOf(next, license, allotment, isInBlock(after), sum, now)];
}

/** The named time allotment, or the default one. */
export function timeAllotment(
  { definition }: License,
  name?: string,
): Allotment | "NOT_METERED" | "UNKNOWN_ALLOTMENT" {
  const asked = name ?? defaultTimeAllotment(definition);
  const found = asked === undefined ? undefined : allotmentNamed(definition, asked);
  if (!found) return "UNKNOWN_ALLOTMENT";
  return found.usage.class === "time" ? found : "NOT_METERED";
}

/** Every time allotment. */
export function timeAllotments({ allotments }: Definition): Allotment[] {
  return allotments.filter(({ usage }) => usage.class === "time");
}

/** The usage of a time allotment this month. */
export function allotmentView(state: State, license: License, pool: Allotment, month: Month) {
  const slot = state.slots.get(slotKey(license.number, pool.name, month));
  const view = monthView(slot, license.definition, license.version, pool.name, month);
  const { used = 0, fault = null } = slot ?? {};
  return { ...view, used, unreported: slot ? unreported(slot) : 0, fault };
}

type Charged = {
  session: Session;
  charges: ReadonlyMap<Month, number>;
  request: TimeRequest;
  now: number;
};

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

function resultOf(
  state: State,
  license: License,
  allotment: Allotment,
  isPaid: boolean,
  charged: number,
  now: number,
): MeteringResult {
  const view = allotmentView(state, license, allotment, monthOf(new Date(now)));
  const { total, remaining } = view;
  const cap = capOf(view);
  const isOver = cap !== null && (isPaid ? total > cap : total >= cap);
  const reason = refusalOf(state, now) ?? (isOver ? "QUOTA_REACHED" : undefined);
  return { granted: reason === undefined, charged, total, remaining, ...(reason ? { reason } : {}) };
}

function notMetered(state: State, now: number, otherwise: string): MeteringResult {
  const reason = refusalOf(state, now) ?? otherwise;
  return { granted: false, charged: 0, total: 0, remaining: 0, reason };
}
