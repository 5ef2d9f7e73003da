import { Refusal } from "@/domain/refusals/refusal";
import { arrival, withEffects } from "./statement-result";
import { isStoreAway } from "./store-away";
import { tracing, type WaitSpan } from "./tracing";

type Waiting<Request, Answer> = {
  request: Request;
  span: WaitSpan | undefined;
  since: number;
  /** When its request arrived; infinitely late for a command or a job, which has no deadline. */
  arrived: number;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

/**
 * How requests share a statement. `weight` counts its elements; requests with the same `lane` but different `facts`
 * never share.
 */
type Sharing<Request, Answer> = {
  /** The kind of requests, for a sentence. */
  what: string;
  run(requests: Request[]): Promise<Answer[]>;
  weight(request: Request): number;
  lane(request: Request): string;
  facts(request: Request): string;
  maxElements: number;
  maxWaiting: number;
  /** A request that has waited longer when its turn comes is refused: it has to end, and nothing of it was sent. */
  maxWaitMs: number;
  atOnce: number;
  clock?: () => number;
  /**
   * Whether a statement waits for all simultaneous requests. A statement of the embedded store blocks the process, so
   * that nobody can arrive while it runs: without this each would run alone.
   */
  gathers?: boolean;
};

/**
 * Runs a statement for many requests at once: those that arrive while one runs share the next, each answered only
 * after its commit. If the database refuses a shared statement it is run again request by request, so that a poison
 * request fails alone; one without a response may have been committed and is never run again. A full queue is refused
 * with 503.
 */
export function sharedStatement<Request, Answer>(sharing: Sharing<Request, Answer>) {
  let queue: Waiting<Request, Answer>[] = [];
  let waitingElements = 0;
  let running = 0;
  let isWoken = false;

  const settle = async (batch: Waiting<Request, Answer>[]) => {
    try {
      const requests = batch.map(({ request }) => request);
      const oldest = Math.min(...batch.map(({ arrived }) => arrived));
      const run = () => withEffects(() => sharing.run(requests), oldest);
      const answers = await (tracing()?.shared(
        batch.map(({ span }) => span),
        run,
      ) ?? run());
      batch.forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer);
      });
    } catch (error) {
      if (batch.length === 1 || isStoreAway(error)) for (const { reject } of batch) reject(error);
      else for (const one of batch) await settle([one]);
    }
  };

  const clock = sharing.clock ?? (() => performance.now());

  /** Removes requests that have waited too long, in any position: an older request can join the queue later. */
  const refuseLate = () => {
    const begin = clock() - sharing.maxWaitMs;
    const late = queue.filter(({ since }) => since < begin);
    if (late.length > 0) queue = queue.filter(({ since }) => since >= begin);
    for (const { request, reject } of late) {
      waitingElements -= sharing.weight(request);
      reject(overloaded(`Earlier ${sharing.what} took too long.`));
    }
  };

  const wake = () => {
    if (!sharing.gathers) return next();
    if (!isWoken) setImmediate(next);
    isWoken = true;
  };

  const next = () => {
    isWoken = false;
    refuseLate();
    if (running >= sharing.atOnce || queue.length === 0) return;
    const { batch, rest } = takeBatch(queue, sharing);
    queue = rest;
    for (const { request } of batch) waitingElements -= sharing.weight(request);
    running += 1;
    void settle(batch).finally(() => {
      running -= 1;
      wake();
    });
  };

  return (request: Request): Promise<Answer> => {
    const weight = sharing.weight(request);
    if (waitingElements + weight > sharing.maxWaiting)
      return Promise.reject(overloaded(`Too many ${sharing.what} are waiting.`));
    waitingElements += weight;
    return new Promise((resolve, reject) => {
      const arrived = arrival();
      const span = tracing()?.wait(sharing.what);
      queue.push({ request, span, since: Math.min(arrived, clock()), arrived, resolve, reject });
      wake();
    });
  };
}

function overloaded(reason: string): Refusal {
  return new Refusal("OVERLOADED", `${reason} Nothing was changed. Send it again later.`, { retryAfter: 5 });
}

function takeBatch<Request, Answer>(queue: Waiting<Request, Answer>[], sharing: Sharing<Request, Answer>) {
  const firstOf = new Map<string, Request>();
  const batch: Waiting<Request, Answer>[] = [];
  const rest: Waiting<Request, Answer>[] = [];
  let elements = 0;
  for (const waiting of queue) {
    const { request } = waiting;
    const weight = sharing.weight(request);
    const lane = sharing.lane(request);
    const first = firstOf.get(lane);
    const fits = batch.length === 0 || elements + weight <= sharing.maxElements;
    // Facts matter only within a lane, so they aren't worked out for every request.
    if (!fits || (first !== undefined && sharing.facts(first) !== sharing.facts(request))) {
      rest.push(waiting);
      continue;
    }
    firstOf.set(lane, first ?? request);
    elements += weight;
    batch.push(waiting);
  }
  return { batch, rest };
}
