// The load generator, in a process of its own: it receives commands from its parent and sends back measurements.
import { setTimeout } from "node:timers/promises";
import { type Connection, openConnection, requestText } from "./connection";
import {
  type BenchLicense,
  type BenchTotals,
  type Exchange,
  newTotals,
  SCENARIOS,
  type Scenario,
} from "./scenarios";

/** A server under load, and the licenses to use. */
export type Target = { name: string; port: number; sites: BenchLicense[] };
/** `pace` is how many requests a second to send in all; without it each connection sends the next one at once. */
export type Order = {
  target: string;
  scenario: Scenario;
  connections: number;
  seconds: number;
  pace?: number;
};
export type Message = { open: Target } | { run: Order } | { tell: string };

export type Measured = { requests: number; perSecond: number; medianMs: number; p99Ms: number };
/** The totals that a server has acknowledged since it was opened. */
export type Acknowledged = { consumed: number; live: number };

type Opened = Target & { ledger: BenchTotals };

const opened = new Map<string, Opened>();

process.on("message", async (message: Message) => {
  try {
    process.send?.({ answer: await obey(message) });
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.message : String(error) });
  }
});
process.on("disconnect", () => process.exit());

function obey(message: Message): unknown {
  if ("run" in message) return run(message.run, targetOf(message.run.target));
  if ("tell" in message) return acknowledged(targetOf(message.tell).ledger);
  opened.set(message.open.name, { ...message.open, ledger: newTotals(message.open.sites) });
}

function targetOf(name: string): Opened {
  const target = opened.get(name);
  if (!target) throw new Error(`There is no target ${name}.`);
  return target;
}

function acknowledged({ consumed, seats }: BenchTotals): Acknowledged {
  return { consumed, live: [...seats.values()].reduce((sum, { length }) => sum + length, 0) };
}

async function run({ scenario, connections, seconds, pace }: Order, target: Opened): Promise<Measured> {
  const numbers = Array.from({ length: connections }, (_, index) => index);
  const open = await Promise.all(numbers.map(() => openConnection(target.port)));
  const times: number[] = [];
  const begun = performance.now();
  const until = begun + seconds * 1000;
  try {
    await Promise.all(
      open.map((connection, index) => {
        const mine = target.sites.filter((_, license) => license % connections === index);
        const everyMs = pace ? (connections * 1000) / pace : 0;
        return drive(connection, exchanges(scenario, target.ledger, mine, index), { until, everyMs }, times);
      }),
    );
  } finally {
    for (const connection of open) connection.close();
  }
  const perSecond = (times.length * 1000) / (performance.now() - begun);
  times.sort((a, b) => a - b);
  return { requests: times.length, perSecond, medianMs: at(times, 0.5), p99Ms: at(times, 0.99) };
}

function at(sorted: number[], part: number): number {
  return sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN;
}

/** Each connection is one deployment, with a source of its own, that calls for its licenses in turn. */
function* exchanges(scenario: Scenario, totals: BenchTotals, sites: BenchLicense[], index: number) {
  const source = `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
  while (sites.length > 0)
    for (const license of sites)
      yield { site: license, exchange: SCENARIOS[scenario](totals, license, source) };
}

async function drive(
  connection: Connection,
  work: Iterable<{ site: BenchLicense; exchange: Exchange }>,
  { until, everyMs }: { until: number; everyMs: number },
  times: number[],
): Promise<void> {
  let due = performance.now();
  for (const { site, exchange } of work) {
    due += everyMs;
    const begun = performance.now();
    const { status, body } = await connection.send(requestText(site, exchange));
    const ended = performance.now();
    times.push(ended - begun);
    if (status !== 200 && status !== 201)
      throw new Error(`${exchange.path} answered ${status}: ${body.slice(0, 500)}`);
    exchange.accept(body);
    if (ended > until) return;
    if (everyMs > 0) await setTimeout(Math.max(0, due - ended));
  }
}
