import type { AllotmentUsage } from "@/server/consumption/usage";
import type { SeatUse } from "./seat-use";
import type { RunResult, Wish } from "./simulation";

/** The summary of a run for people: what happened, the usage against the grant, and what was compared. */
export function summaryOf({ deployments, hours, seed, people }: Wish, outcome: RunResult): string {
  const { ledger, usage, seats, booked, forgone, requests, findings } = outcome;
  const counts = [...ledger.counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `A fleet of ${deployments} deployments with ${people} people each, for ${hours} hours, seed ${seed}`,
    "",
    ...counts.map(([what, number]) => `${figure(number)}  ${what}`),
    `${figure(sum(ledger.charged))}  minutes charged`,
    `${figure(booked)}  minutes booked`,
    `${figure(sum(ledger.lostMinutes))}  minutes lost with a disk that was replaced by its backup`,
    `${figure(forgone)}  minutes forgone by restored or cloned agents`,
    `${figure(requests.all)}  requests, ${requests.busiestMinute} in the busiest minute`,
    "",
    ...seats.map(seatWords),
    ...usage.flatMap(({ month, allotments }) => allotments.map((each) => timeWords(month, each))),
    "",
    ...findings.flatMap(({ rule, held, wrong }) => [
      `${wrong.length === 0 ? "ok    " : "BROKEN"}  ${rule} (${held})`,
      ...wrong.slice(0, 5).map((each) => `        - ${each}`),
    ]),
  ].join("\n");
}

/** How many rules hold, and how many don't. */
export function tally({ findings }: RunResult): { passed: number; failed: number } {
  const failed = findings.filter(({ wrong }) => wrong.length > 0).length;
  return { passed: findings.length - failed, failed };
}

function seatWords({ allotment, units, held, most }: SeatUse): string {
  const end =
    most >= units
      ? "every seat was taken at some time: others were denied, or worked by the minute"
      : `${units - most} were never taken`;
  return `${allotment}: ${held} of ${units} seats are held, ${most} at most; ${end}.`;
}

const STATUS_TEXTS = {
  within: "within the quota",
  overage: "beyond the quota, within the overage",
  exceeded: "beyond quota and overage",
  ended: "after the end of the license",
};

function timeWords(month: string, { name, total, quota, overage, state, denied }: AllotmentUsage): string {
  const more = overage === "YES" ? "unlimited overage" : `${overage} of overage`;
  const end = denied ? "; nobody begins another block" : "";
  return `${name} in ${month}: ${total} minutes of ${quota} and ${more}: ${STATUS_TEXTS[state]}${end}.`;
}

function figure(number: number): string {
  return number.toLocaleString("en").padStart(9);
}

function sum(numbers: ReadonlyMap<string, number>): number {
  return [...numbers.values()].reduce((all, each) => all + each, 0);
}
