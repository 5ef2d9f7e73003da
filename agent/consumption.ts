import { denied, type Grant, monthGrant, remaining } from "@/domain/consumption/quota";
import { allotmentNamed, type Definition, nameKey } from "@/domain/licenses/definition";
import { addMonths, type Month } from "@/domain/month";

/** What the agent knows of one month of an allotment, and the part that the backend hasn't confirmed. */
export type Slot = {
  license: string;
  allotment: string;
  month: Month;
  /** The highest number given to a report. */
  sequence: number;
  /** The one open report: saved before it is first sent, and never changed. */
  sent: Report | null;
  /** Minutes that aren't in a report yet. */
  pending: number;
  /** The part of `pending` that budgets paid, by the id of the lease. */
  leased?: Readonly<Record<string, number>>;
  /** All minutes that this deployment used in the month. */
  used: number;
  /** Minutes that aren't reported, because another copy of this agent may have reported them. */
  forgone: number;
  /** Whether the backend's last number was compared with ours since the last start. */
  isProbed: boolean;
  told: MonthReply | null;
  /** Why the backend couldn't book the open report. */
  fault: string | null;
};

/** A report with `amount` 0 is a probe: it only asks for the backend's last number. `lease` paid for its minutes. */
export type Report = { sequence: number; amount: number; lease?: string };

/** The total of a month over all deployments, and the grant under the definition of this version. */
export type MonthReply = Grant & { total: number; version: string; at: number };

/** The usage of a month, including unreported minutes. */
export type MonthView = Grant & { total: number; remaining: number | null; denied: boolean };

/** The backend's reply to one report. `sequence` is the last one that it counted. */
export type ReportReply = { duplicate: boolean; sequence: number };

const KEPT_MONTHS = 13;

export function slotKey(license: string, allotment: string, month: Month): string {
  return JSON.stringify([license, nameKey(allotment), month]);
}

export function newSlot(license: string, allotment: string, month: Month): Slot {
  const nothing = { sequence: 0, sent: null, pending: 0, used: 0, forgone: 0 };
  return { license, allotment, month, ...nothing, isProbed: false, told: null, fault: null };
}

/** Charges minutes; `lease` is what paid for them, if anything. */
export function withCharge(slot: Slot, minutes: number, lease: string | null = null): Slot {
  const charged = { ...slot, pending: slot.pending + minutes, used: slot.used + minutes };
  if (lease === null) return charged;
  return { ...charged, leased: { ...slot.leased, [lease]: (slot.leased?.[lease] ?? 0) + minutes } };
}

/**
 * Whether a report is due: minutes to report, or a number to compare, after a start and before charging minutes that
 * a copy could invalidate.
 */
export function isDue({ sent, pending, sequence, isProbed }: Slot): boolean {
  return sent !== null || pending > 0 || (sequence > 0 && !isProbed);
}

/**
 * The report to send now, saved in the slot; none if nothing is open. A start begins with a probe, and a probe also
 * carries sessions whose minutes were reported before.
 */
export function withReport(slot: Slot, hasSessions = false): Slot {
  const { sent, sequence, isProbed, pending } = slot;
  if (sent || !(isDue(slot) || hasSessions)) return slot;
  if (!isProbed || pending === 0) {
    const probe = { sequence: Math.max(1, sequence), amount: 0 };
    return { ...slot, sequence: probe.sequence, sent: probe };
  }
  return { ...slot, sequence: sequence + 1, ...nextReport(slot) };
}

/** A report is of one lease: the earliest first, and last of all what no lease paid. */
function nextReport({ sequence, pending, leased = {} }: Slot): Pick<Slot, "sent" | "pending" | "leased"> {
  const [first] = Object.entries(leased);
  if (!first) return { sent: { sequence: sequence + 1, amount: pending }, pending: 0 };
  const [lease, amount] = first;
  const { [lease]: _, ...others } = leased;
  return { sent: { sequence: sequence + 1, amount, lease }, pending: pending - amount, leased: others };
}

/**
 * Takes the reply to the open report. A higher number than ours means that another copy of this agent reported: it
 * runs beside this one, or ran before a backup was restored. It may have had every minute that is unreported here, so
 * all of them are forgone and nothing counts twice; minutes charged from now on get higher numbers.
 */
export function withReply(slot: Slot, { duplicate, sequence }: ReportReply): Slot {
  const { sent, pending } = slot;
  if (!sent) return slot;
  const top = Math.max(slot.sequence, sequence);
  const known = { ...slot, sequence: top, sent: null, isProbed: true, fault: null };
  const isBehind = duplicate && sequence > sent.sequence;
  return isBehind
    ? { ...known, pending: 0, leased: {}, forgone: slot.forgone + sent.amount + pending }
    : known;
}

/** A slot after a restart: its content may have been copied with the folder. */
export function resumedSlot(slot: Slot): Slot {
  return { ...slot, isProbed: false };
}

/** The usage that counts in a month: the last known total, plus the minutes that it can't include yet. */
export function monthView(
  slot: Slot | undefined,
  definition: Definition,
  version: string,
  allotment: string,
  month: Month,
): MonthView {
  const told = slot?.told;
  const own = slot ? (slot.sent?.amount ?? 0) + slot.pending : 0;
  const total = (told?.total ?? 0) + own;
  const grant = grantOf(told, definition, version, allotment, month);
  const { quota, overage } = grant;
  return { quota, overage, total, remaining: remaining(grant, total), denied: denied(grant, total) };
}

/** The slots without those that are settled and long past. */
export function prunedSlots(slots: ReadonlyMap<string, Slot>, month: Month): ReadonlyMap<string, Slot> {
  const first = addMonths(month, -KEPT_MONTHS);
  const isOver = (slot: Slot) => slot.month < first && !slot.sent && slot.pending === 0;
  return [...slots.values()].some(isOver) ? new Map([...slots].filter(([, slot]) => !isOver(slot))) : slots;
}

/** The backend's own grant of the month, which includes earlier definitions, as long as it is about this definition. */
function grantOf(
  told: MonthReply | null | undefined,
  definition: Definition,
  version: string,
  allotment: string,
  month: Month,
): Grant {
  if (told?.version === version) return told;
  return monthGrant([{ from: new Date(0), definition }], allotment, month);
}

/** The time allotment that is charged if none is named. */
export function defaultTimeAllotment(definition: Definition): string | undefined {
  const usual = allotmentNamed(definition, "analyzer_time");
  if (usual?.usage.class === "time") return usual.name;
  return definition.allotments.find(({ usage }) => usage.class === "time")?.name;
}
