import type { Patch } from "@/domain/assignments/assignment";
import { subjectKey } from "@/domain/assignments/subject";
import { baseIn, mergeReply, nextRequest, type Reply, type Row } from "@/domain/assignments/sync-client";
import { type Allotment, allotmentNamed, nameKey } from "@/domain/licenses/definition";
import { dayOf } from "@/domain/month";
import { localAssignmentsOf, seatsOf } from "./local-assignments";
import { rejectionText } from "./rejections";
import type { License, Rejection, State } from "./state";

type Wish = { allotment: Allotment; subject: string; auto: boolean };

const KEPT_REJECTIONS = 100;
const REFUSED_FOR_MS = 60_000;

/** Writes an add into the outbox. */
export function assigned(
  state: State,
  license: License,
  { allotment, subject, auto }: Wish,
  now: number,
): State {
  const at = Math.max(now, state.lastCreated + 1);
  const created = new Date(at).toISOString();
  const add = {
    instance: "",
    version: 0,
    license: license.number,
    allotment: allotment.name,
    subject,
    created,
  };
  const patch: Patch = auto ? { ...add, auto } : add;
  return { ...state, lastCreated: at, outbox: [...state.outbox, patch] };
}

/** Writes a release into the outbox; null if nobody holds that seat here. */
export function released(
  state: State,
  license: License,
  wish: Omit<Wish, "auto">,
  now: number,
): State | null {
  const { allotment, subject } = wish;
  const seats = seatsOf(localAssignmentsOf(state, license), license, subject, now);
  const seat = seats.find((each) => each.allotment.name === allotment.name);
  if (!seat) return null;
  const { row, created } = seat;
  const named = { instance: row?.instance ?? "", version: row?.version ?? 0, license: license.number };
  const spelled = row?.subject ?? addOf(state, license, wish)?.subject ?? subject;
  const deleted = new Date(now).toISOString();
  const patch: Patch = { ...named, allotment: allotment.name, subject: spelled, created, deleted };
  return { ...state, outbox: [...state.outbox, patch] };
}

/** Reports once a day that a seat is used. */
export function usedSeat(state: State, license: License, row: Row, now: number): State {
  const lastUsed = dayOf(new Date(now));
  if (state.used.get(row.instance) === lastUsed) return state;
  const { instance, version, allotment, subject, created } = row;
  const patch: Patch = { instance, version, license: license.number, allotment, subject, created, lastUsed };
  return { ...state, outbox: [...state.outbox, patch], used: new Map(state.used).set(instance, lastUsed) };
}

export function isUseReported({ used }: State, { instance }: Row, now: number): boolean {
  return used.get(instance) === dayOf(new Date(now));
}

/**
 * The next request. A release that can only name its add waits for the response to the add: another source may hold
 * the seat.
 */
export function syncRequest(state: State, license: License) {
  const { outbox } = state;
  const unnamed = outbox.findIndex(({ instance, deleted }) => instance === "" && deleted !== undefined);
  return nextRequest(state, license.number, unnamed > 0 ? Math.min(unnamed, 5000) : 5000);
}

/** Merges the reply to a request that carried the first `sent` patches. */
export function synced(state: State, sent: number, reply: Reply, now: number): State {
  const responses = reply.patches.slice(0, sent);
  const refused = responses.flatMap((response) => rejectionOf(response, now));
  const rejections = [...state.rejections, ...refused].slice(-KEPT_REJECTIONS);
  const local = isIdle(state, reply) ? { base: baseIn(reply) ?? state.base } : mergeReply(state, sent, reply);
  const sentPatches = state.sentPatches + responses.length;
  const budgets = isSameEpoch(state, local) ? state.budgets : unproven(state.budgets);
  const next = { ...state, ...local, sentPatches, rejections, budgets };
  return { ...next, used: stillUsed(next) };
}

/** The latest rejection of a subject. */
export function rejectionFor(state: State, { settings }: License, subject: string): Rejection | undefined {
  const key = subjectKey(subject, settings.subjectMatching);
  return state.rejections.findLast((each) => subjectKey(each.subject, settings.subjectMatching) === key);
}

/** Whether the backend has just rejected this seat: asking again at once would give the same result. */
export function isJustRejected(
  state: State,
  license: License,
  { allotment, subject }: Omit<Wish, "auto">,
  now: number,
) {
  const latest = rejectionFor(state, license, subject);
  if (!latest || nameKey(latest.allotment) !== nameKey(allotment.name)) return false;
  return now - latest.at < REFUSED_FOR_MS;
}

/** Whether a rejection shows that the definition known here is outdated. */
export function areTermsStale(reply: Reply, sent: number): boolean {
  const codes = reply.patches.slice(0, sent).map(({ rejection }) => rejectionText(rejection).code);
  return codes.some((code) => code !== "" && code !== "NO_AVAILABLE_UNITS");
}

/** A seat allotment, by any spelling of its name. */
export function seatAllotmentNamed({ definition }: License, name: string): Allotment | undefined {
  const allotment = allotmentNamed(definition, name);
  return allotment?.usage.class === "assigned" ? allotment : undefined;
}

function addOf(
  state: State,
  license: License,
  { allotment, subject }: Omit<Wish, "auto">,
): Patch | undefined {
  const { adds, confirmed } = localAssignmentsOf(state, license);
  const key = subjectKey(subject, confirmed.matching);
  return adds
    .get(nameKey(allotment.name))
    ?.find((add) => subjectKey(add.subject, confirmed.matching) === key);
}

function rejectionOf({ allotment, subject, rejection }: Reply["patches"][number], at: number): Rejection[] {
  return rejection === "" ? [] : [{ allotment, subject, ...rejectionText(rejection), at }];
}

/** Whether a reply has nothing new, as most do: it moves the base at most, so the rows stay the same. */
function isIdle({ paging }: State, { patches, snapshot, more }: Reply): boolean {
  return !paging && patches.length === 0 && snapshot === undefined && more === undefined;
}

function isSameEpoch({ base: before }: State, { base: after }: Pick<State, "base">): boolean {
  return !before || !after || before.epoch === after.epoch;
}

/** A backend that went back in time has to be told what this run holds, before it grants the same minutes again. */
function unproven(budgets: State["budgets"]): State["budgets"] {
  return new Map([...budgets].map(([key, budget]) => [key, { ...budget, isUnproven: true }]));
}

function stillUsed({ used, rows }: State): State["used"] {
  const isGone = [...used.keys()].some((instance) => !rows.has(instance));
  return isGone ? new Map([...used].filter(([instance]) => rows.has(instance))) : used;
}
