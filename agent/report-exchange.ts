import { type Aftermath, withReplies } from "./budget-replies";
import { type BudgetRequests, withRequests } from "./budget-requests";
import type { ExchangeContext } from "./definition-exchange";
import { type DenialCount, dueDenials, sentDenial, withConfirmedDenials } from "./denials";
import type { Moment } from "./prepaying";
import { type Element, numbered, reported } from "./reporting";
import { reached, type State, withNewRun } from "./state";
import { nowOf } from "./time";

/** One report as it is saved before it is sent. */
type Saved = {
  run: string;
  elements: ReadonlyMap<string, Element>;
  requests: BudgetRequests;
  denials: ReadonlyMap<string, DenialCount>;
};
type Reply = Awaited<ReturnType<ExchangeContext["backend"]["report"]>>;
/** The slots that are left alone until the next exchange. */
type Settled = { faulty: Set<string>; asked: Set<string> };
/** With `isLast` all reserved minutes are given back. */
type How = { isLast?: boolean };

const MOST_TURNS = 1000;

/** The exchange that reports minutes, and in the same call asks for those to come. */
export function openReports(context: ExchangeContext, refreshTerms: () => Promise<void>) {
  const { backend, journal, reading, uptime, newId, outage } = context;
  const moment = (state: State): Moment => ({ now: nowOf(state.time, reading()), uptime: uptime() });

  /** The report to send now: its numbers and requests are saved before they are sent. */
  const saveNext = (
    state: State,
    number: string,
    { faulty, asked }: Settled,
    isLast: boolean,
  ): [State, Saved] => {
    const [counted, elements] = numbered(state, number, faulty);
    const denials = dueDenials(counted.denials, number);
    const terms = { at: moment(state), outage, except: asked, isLast };
    const [next, requests]: [State, BudgetRequests] =
      state.license?.number === number ? withRequests(counted, terms) : [counted, new Map()];
    return [next, { run: state.run, elements, requests, denials }];
  };

  const apply = (
    state: State,
    number: string,
    saved: Saved,
    reply: Reply,
    askedAt: Moment,
  ): [State, Aftermath] => {
    const { now } = moment(state);
    const booked = reported(state, saved.elements, reply.consumption, now);
    const told = { ...booked, denials: withConfirmedDenials(booked.denials, saved.denials) };
    const serverTime = reply.serverTime === undefined ? now : Date.parse(reply.serverTime);
    const replies = { results: reply.leases ?? [], serverTime, askedAt };
    const isSameRun = state.run === saved.run;
    const [next, aftermath] = isSameRun ? withReplies(told, saved.requests, replies) : [told, null];
    const renewed = aftermath === "run" ? withNewRun(next, newId()) : next;
    return [state.license?.number === number ? reached(renewed, now) : renewed, aftermath];
  };

  /** Reports everything of a license; the first reply of a slot may lead to its next report. */
  return async (number: string, key: string, { isLast = false }: How = {}): Promise<void> => {
    const settled: Settled = { faulty: new Set(), asked: new Set() };
    let follows: Aftermath = null;
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const saved = await journal.change((state) => saveNext(state, number, settled, isLast));
      if (saved.elements.size + saved.requests.size + saved.denials.size === 0) break;
      const askedAt = moment(journal.state());
      const reply = await backend.report({ key, source: journal.state().source }, sentReport(saved));
      const aftermath = await journal.change((state) => apply(state, number, saved, reply, askedAt));
      note(settled, saved, reply, isLast);
      if (aftermath === "run" && follows !== "run") settled.asked.clear(); // The new run asks at once, but only once.
      follows = aftermath ?? follows;
    }
    if (follows === "definition") await refreshTerms();
  };
}

function sentReport({ run, elements, requests, denials }: Saved) {
  return {
    consumption: [...elements.values()],
    denials: [...denials.values()].map(sentDenial),
    ...{ run, requests: [...requests.values()] },
  };
}

/** An element that couldn't be booked stays open; a budget is asked for once, and once more to give all of it back. */
function note(
  { faulty, asked }: Settled,
  { elements, requests }: Saved,
  reply: Reply,
  isLast: boolean,
): void {
  for (const [slot, { id }] of elements)
    if (!reply.consumption.some((result) => result.id === id && !result.error)) faulty.add(slot);
  for (const [slot, { id, want }] of requests) {
    const isRefused = !reply.leases?.some((result) => result.id === id && !result.error);
    if (!isLast || want === 0 || isRefused) asked.add(slot);
  }
}
