import { traced, tracing } from "@/server/store/tracing";
import { startTracing } from "@/server/traces/open-telemetry";
import { atMost, type Line } from "./results";
import { median } from "./rounds";

const ROUNDS = 9;
const TIMES = 200_000;
const OFF_NS = 200;

const work = async () => {};
const facts = () => ({ method: "POST", route: "/v1/consumption", status: 200 });

/**
 * What a statement costs more because it could be traced, and what a request with one statement costs where traces are
 * on and sampled, without the work of the statement and without a collector.
 */
export async function measureTracing(): Promise<Line[]> {
  const off = await more(() => traced("bench", work));
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:9";
  const stop = startTracing();
  const on = await more(async () => tracing()?.request({}, () => traced("bench", work), facts));
  await stop();
  return [
    atMost("Traces off, more for a statement: ns", off, OFF_NS, 0),
    { what: "Traces on, more for a request with a statement: ns", value: on.toFixed(0) },
  ];
}

async function more(wrapped: () => Promise<unknown>): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push((await nsEach(wrapped)) - (await nsEach(work)));
  return median(rounds);
}

async function nsEach(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  for (let time = 0; time < TIMES; time += 1) await run();
  return ((performance.now() - begun) * 1e6) / TIMES;
}
