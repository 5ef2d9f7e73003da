import { runKey } from "./record";
import { BLOCK, capOf, type MinuteResult, type MinuteWish } from "./simulation";

/** One run as the crash tests print it; `broken` are the rules that don't hold, also in the store. */
export type MinuteSummary = {
  name: string;
  cap: number;
  /** Minutes of work that people were granted, over all months, and those above the cap of their month. */
  granted: number;
  above: number;
  /** How much above the cap is possible by copies of memory, and by a server that lost its tail. */
  bound: number;
  /** The part of the cap that was used or usable when the pool was exhausted; null if it never was. */
  usable: number | null;
  unleased: number;
  counts: Record<string, number>;
  broken: string[];
};

const LEAST_USABLE = 0.9;
/** The pool that the usable part is promised for; in smaller ones a few blocks decide. */
const PROMISED_FOR = 20_000;

export function summaryOf(wish: MinuteWish, result: MinuteResult): MinuteSummary {
  const cap = capOf(wish);
  const { record, months } = result;
  const { granted: perMonth, copiedMinutes, lostMinutes, counts } = record;
  const sums = [...perMonth.values()];
  const facts = {
    ...{ name: nameOf(wish), cap, bound: copiedMinutes + lostMinutes },
    granted: sums.reduce((sum, minutes) => sum + minutes, 0),
    above: sums.reduce((sum, minutes) => sum + Math.max(0, minutes - cap), 0),
    usable: usablePart(result, cap),
    unleased: months.reduce((sum, { unleased }) => sum + unleased, 0),
    counts: Object.fromEntries([...counts].sort()),
  };
  if (wish.whenOffline === "optimistic") return { ...facts, broken: result.brokenRules };
  const overspent = wish.isExtreme ? [] : overspentRuns(result);
  return { ...facts, broken: [...brokenPromises(facts, result), ...overspent, ...result.brokenRules] };
}

type Facts = Omit<MinuteSummary, "broken">;

function brokenPromises({ above, bound, usable, cap }: Facts, result: MinuteResult): string[] {
  const { machines, months } = result;
  const waiting = machines.filter(({ waiting }) => waiting > 0).length;
  const over = months.filter(({ total, reserved, unleased }) => total + reserved > cap + unleased + bound);
  return [
    above > bound ? `${above} minutes were granted above the cap; ${bound} are possible` : "",
    waiting > 0 ? `${waiting} agents haven't reported everything` : "",
    ...over.map(
      ({ month, total, reserved, unleased }) =>
        `${month} has ${total} booked and ${reserved} reserved of ${cap}; ${unleased} have no lease`,
    ),
    cap >= PROMISED_FOR && usable !== null && usable < LEAST_USABLE
      ? `only ${percent(usable)} of the cap was usable at exhaustion`
      : "",
  ].filter((text) => text !== "");
}

/** Runs that granted more than the server had granted them: one was copied or put back and spent minutes twice. */
function overspentRuns({ record: { byRun }, leases }: MinuteResult): string[] {
  const granted = new Map(leases.map((lease) => [runKey(lease), Number(lease.granted)]));
  return [...byRun]
    .filter(([key, minutes]) => minutes > (granted.get(key) ?? 0))
    .map(([key, minutes]) => `${minutes} minutes were granted by ${key}, which had ${granted.get(key) ?? 0}`);
}

/** At the first denial by the license after which nothing is free any more, until its month or the run ends. */
function usablePart({ record: { quotaDenials, free } }: MinuteResult, cap: number): number | null {
  const lastFree = free.findLast((sample) => sample.free >= BLOCK)?.at ?? 0;
  const first = quotaDenials.find(({ at }) => at > lastFree);
  return first ? first.minutes / cap : null;
}

/** A run in one line. */
export function lineOf({ name, granted, cap, above, bound, usable }: MinuteSummary): string {
  const possible = bound > 0 ? ` of ${figure(bound)} possible` : "";
  const exhausted = usable === null ? "" : `, ${percent(usable)} usable at exhaustion`;
  return `${name}: ${figure(granted)} granted of ${figure(cap)} a month, ${figure(above)} above${possible}${exhausted}`;
}

function nameOf({ whenOffline, isExtreme }: MinuteWish): string {
  return isExtreme ? `${whenOffline}, with a restored server and copied memory` : whenOffline;
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}

function figure(minutes: number): string {
  return minutes.toLocaleString("en");
}
