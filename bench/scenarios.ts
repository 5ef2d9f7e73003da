import { randomUUID } from "node:crypto";
import { type Month, monthOf } from "@/domain/month";
import { idleChanges, oneDocument } from "./peer-scenarios";

/** A license for calls: its key, its control number, and the version of its log. */
export type BenchLicense = { license: string; key: string; control?: string; version: number };

export type Scenario =
  | "report"
  | "leasedReport"
  | "agentReport"
  | "batch"
  | "lateReport"
  | "idleSync"
  | "onePatch"
  | "fullSync"
  | "activation"
  | "lef"
  | "idleChanges"
  | "oneDocument";

/**
 * A request, and the check of its response. `accept` throws if the response isn't the expected one; a report that
 * `isRepeated` may have counted before.
 */
export type Exchange = {
  /** POST by default. */
  method?: "GET" | "POST" | "PUT";
  path: string;
  body: object;
  /** More headers, each with its line end. */
  headers?: string;
  accept(answer: string, isRepeated?: boolean): void;
};

type Base = { license: string; version: number; epoch?: string };
type Seat = { instance: string; allotment: string; subject: string; created: string };
type Booked = { id: string; total: number; duplicate?: boolean; error?: unknown };
type SyncReply = { bases: Base[]; patches: (Seat & { rejection: string })[]; snapshot?: true };

/** The totals that one server acknowledged: afterwards its store must have exactly these. */
export type BenchTotals = {
  bases: Map<string, Base>;
  /** What the next sync of a license releases. */
  seats: Map<string, Seat[]>;
  sequence: number;
  consumed: number;
  /** The runs that reserve minutes, by license and source. */
  runs: Map<string, Run>;
};

/** What a run has used of its lease, and what it holds: at each request as much again as it wants. */
type Run = {
  id: string;
  lease?: string;
  used: number;
  granted: number;
  reports: number;
  sequence: number;
};

const ALLOTMENTS = ["analyzer_time", "script_time"];
const BATCH = 100;
/** Two allotments in two months: what an agent has to report after an outage around the end of a month. */
const LATE = 4;
const MOST_PATCHES = 5000;
const WANTED = 60;
const LOOKED_AT = 20;
/** An agent whose one user never pauses, with blocks of 6 minutes, asks for minutes in one of so many reports. */
const AGENT_RENEWS = 4;

export function newTotals(sites: BenchLicense[]): BenchTotals {
  const bases = new Map(sites.map(({ license, version }) => [license, { license, version }]));
  // Higher than in every run before.
  return { bases, seats: new Map(), sequence: Date.now() * 1000, consumed: 0, runs: new Map() };
}

export const SCENARIOS: Record<
  Scenario,
  (ledger: BenchTotals, site: BenchLicense, source: string) => Exchange
> = {
  report: (ledger, _, source) => report(ledger, source, 1),
  leasedReport: (ledger, site, source) => leasedReport(ledger, site, source, 1),
  agentReport: (ledger, site, source) => leasedReport(ledger, site, source, AGENT_RENEWS),
  batch: (ledger, _, source) => report(ledger, source, BATCH),
  lateReport: (ledger, _, source) => report(ledger, source, LATE),
  idleSync,
  onePatch: (ledger, site, source) => patchSync(ledger, site, source, 1),
  fullSync: (ledger, site, source) => patchSync(ledger, site, source, MOST_PATCHES),
  activation: (_, { license }, source) => ({
    path: "/v1/activations",
    body: { cause: "Update", source },
    accept: (answer) => holds(answer, `"license":"${license}"`),
  }),
  lef: (_, { license, control }) => ({
    path: "/v1/lef",
    body: { serial: license, control },
    accept: (answer) => holds(answer, license),
  }),
  idleChanges: (_, { license }) => idleChanges(license),
  oneDocument: (_, { license }) => oneDocument(license),
};

function holds(response: string, text: string): void {
  if (!response.includes(text)) throw new Error(response);
}

function report(totals: BenchTotals, source: string, count: number) {
  const now = new Date();
  const months = [monthOf(now), monthOf(new Date(now.getTime() - 31 * 86_400_000))];
  const consumption = Array.from({ length: count }, (_, index) => element(totals, months, index));
  const sum = consumption.reduce((total, one) => total + one.consumption, 0);
  const isLookedAt = totals.sequence % LOOKED_AT < count;
  return {
    path: "/v1/consumption",
    body: { source, consumption },
    accept(response: string, isRepeated = false) {
      totals.consumed += sum;
      if (isLookedAt) lookAtBooked(response, count, isRepeated);
    },
  };
}

/** A report whose minutes were reserved, and in one of `every` such reports a request for as many again. */
function leasedReport(
  totals: BenchTotals,
  { license }: BenchLicense,
  source: string,
  every: number,
): Exchange {
  const key = `${license} ${source} ${every}`;
  const run = totals.runs.get(key) ?? { id: randomUUID(), used: 0, granted: 0, reports: 0, sequence: 0 };
  totals.runs.set(key, run);
  const { lease, granted } = run;
  const { path, body, accept } = report(totals, source, 1);
  const consumption = body.consumption.map((element) => ({ ...element, lease }));
  const reported = run.used;
  if (lease) run.used += consumption[0]?.consumption ?? 0;
  run.reports += 1;
  if (lease && run.reports % every > 0) return { path, body: { ...body, consumption }, accept };
  run.sequence += 1;
  run.granted = run.used + WANTED;
  const [{ allotment, month } = {}] = consumption;
  const { id, used, sequence } = run;
  const item = { id: "0", allotment, month, want: WANTED, sequence, used, reported, lease, granted };
  return {
    path,
    body: { ...body, consumption, run: id, leases: [item] },
    accept(response, isRepeated) {
      accept(response, isRepeated);
      run.lease ??= JSON.parse(response).leases[0].lease;
    },
  };
}

/** The first element of a report is of this month; the rest spread over two allotments and two months. */
function element(totals: BenchTotals, months: Month[], index: number) {
  totals.sequence += 1;
  return {
    id: String(index),
    allotment: ALLOTMENTS[index % 2],
    month: months[(index >> 1) % 2],
    consumption: 1 + (totals.sequence % 9),
    sequence: totals.sequence,
  };
}

function lookAtBooked(response: string, count: number, isRepeated: boolean): void {
  const { consumption }: { consumption: Booked[] } = JSON.parse(response);
  const isBooked = ({ error, duplicate, total }: Booked) => !error && (isRepeated || !duplicate) && total > 0;
  if (consumption.length !== count || !consumption.every(isBooked)) throw new Error(response);
}

function idleSync(totals: BenchTotals, { license }: BenchLicense, source: string): Exchange {
  const base = totals.bases.get(license);
  return {
    path: "/v1/assignments/sync",
    body: { source, bases: [base], patches: [] },
    accept: (response) => readReply(response, 0, base),
  };
}

/** Adds new users, and with the next call releases their seats, so that units never run out. */
function patchSync(totals: BenchTotals, { license }: BenchLicense, source: string, count: number): Exchange {
  const now = new Date().toISOString();
  const seats = totals.seats.get(license);
  const sent = seats?.map((seat) => ({ ...seat, deleted: now })) ?? newUsers(totals, now, count);
  const patches = sent.map((patch) => ({ ...patch, version: 0, license }));
  const base = totals.bases.get(license);
  return {
    path: "/v1/assignments/sync",
    body: { source, bases: [base], patches },
    accept(response) {
      const { bases, patches: taken } = readReply(response, count, base);
      for (const reached of bases) totals.bases.set(license, reached);
      if (seats) totals.seats.delete(license);
      else
        totals.seats.set(
          license,
          taken.map(({ rejection: _, ...added }) => added),
        );
    },
  };
}

function newUsers(totals: BenchTotals, created: string, count: number) {
  return Array.from({ length: count }, () => {
    totals.sequence += 1;
    return { instance: "", allotment: "professional", subject: `BENCH\\p${totals.sequence}`, created };
  });
}

/** Only who knows nothing yet gets a snapshot. */
function readReply(response: string, count: number, base?: Base): SyncReply {
  const reply: SyncReply = JSON.parse(response);
  const isExpected = !reply.snapshot || base?.version === 0;
  const isTaken = reply.patches.every(({ rejection, instance }) => rejection === "" && instance !== "");
  if (!isExpected || reply.patches.length !== count || !isTaken) throw new Error(response);
  return reply;
}
