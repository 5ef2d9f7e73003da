import { setTimeout as pause } from "node:timers/promises";
import { type Connection, openConnection, type RawResponse, requestText } from "@/bench/connection";
import type { BenchLicense, Exchange } from "@/bench/scenarios";

/** A deployment with a connection of its own, which sends one request at a time, as real ones do. */
export type Caller = { source: string; site: BenchLicense; connection: Connection | null };

/** The server's port, and how many requests weren't acknowledged. */
export type Target = { port: number; refused: number; unanswered: number };

const RETRY_S = 0.25;
const MOST = 10_000;
const TOO_BUSY = [429, 503];
const SUCCESS = [200, 201, 304];

/**
 * Deployments of these licenses in turn: the one that waited longest calls next. Without a free one there is another
 * one, up to so many; then the call waits.
 */
export function callersOf(sites: readonly BenchLicense[], atOnce: number, most = MOST) {
  const idle: Caller[] = [];
  const waiting: ((caller: Caller) => void)[] = [];
  let many = 0;
  const another = (): Caller => {
    const site = sites[many % sites.length];
    if (!site) throw new Error("There is no license.");
    many += 1;
    return { source: sourceOf(many), site, connection: null };
  };
  const free = (caller: Caller) => {
    const next = waiting.shift();
    if (next) next(caller);
    else idle.push(caller);
  };
  const nextFree = () => new Promise<Caller>((done) => waiting.push(done));
  while (idle.length < atOnce) idle.push(another());
  return {
    async turn<Result>(work: (caller: Caller) => Promise<Result>): Promise<Result> {
      const caller = idle.shift() ?? (many < most ? another() : await nextFree());
      return work(caller).finally(() => free(caller));
    },
    close(): void {
      for (const { connection } of idle) connection?.close();
    },
  };
}

/** Sends a request until it is acknowledged. A refusal other than by a busy server is an error. */
export async function acknowledged(caller: Caller, target: Target, exchange: Exchange): Promise<void> {
  for (let isRepeated = false; ; isRepeated = true) {
    const response = await attempt(caller, target, exchange);
    if (isTaken(response, exchange, isRepeated)) return;
    await pause((retryAfter(response) ?? RETRY_S) * 1000);
  }
}

/** Whether a response is a success, which is then taken. A refusal other than by a busy server is an error. */
export function isTaken(
  response: RawResponse | null,
  { path, accept }: Exchange,
  isRepeated: boolean,
): response is RawResponse {
  if (!response || TOO_BUSY.includes(response.status)) return false;
  if (!SUCCESS.includes(response.status))
    throw new Error(`${path} answered ${response.status}: ${response.body.slice(0, 500)}`);
  accept(response.body, isRepeated);
  return true;
}

/** Sends a request once; null if there was no response. */
export async function attempt(
  caller: Caller,
  target: Target,
  exchange: Omit<Exchange, "accept">,
): Promise<RawResponse | null> {
  try {
    if (!caller.connection?.isOpen()) caller.connection = await openConnection(target.port);
    const response = await caller.connection.send(requestText(caller.site, exchange));
    if (TOO_BUSY.includes(response.status)) target.refused += 1;
    return response;
  } catch {
    target.unanswered += 1;
    caller.connection?.close();
    caller.connection = null;
    return null;
  }
}

/** The seconds that a refusal asks to wait. */
export function retryAfter(response: RawResponse | null): number | undefined {
  const seconds = header(response, "retry-after");
  return seconds === undefined ? undefined : Number(seconds);
}

export function header(response: RawResponse | null, name: string): string | undefined {
  return new RegExp(`\\r\\n${name}: *([^\\r]*)`, "i").exec(response?.head ?? "")?.[1];
}

function sourceOf(nth: number): string {
  return `00000000-0000-4000-8000-${String(nth).padStart(12, "0")}`;
}
