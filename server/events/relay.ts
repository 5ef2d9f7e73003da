import { setTimeout } from "node:timers/promises";
import { noteFailure } from "@/server/store/failures";
import { announceHead } from "./feed";
import { type EventHead, isSameHead, numberEvents } from "./positions";

/** Who is called when there are new positions, and once at the start. Each catches up by a cursor of its own. */
export type Subscriber = (now: Date) => Promise<void>;

type Relay = {
  clock: () => Date;
  /** Runs work once more if the store turns out to have gone back in time. */
  throughRestores<T>(now: Date, work: () => Promise<T>): Promise<T>;
  subscribers?: readonly Subscriber[];
};

/** How long an event waits at most for its position and its readers; a notice from each writer would cost more. */
const PULSE_MS = 200;
const AFTER_FAILURE_MS = 1000;

/**
 * Gives positions to events, and tells the readers and subscribers of this process about those that any server gave.
 * Each server runs one. Returns a function that stops it.
 */
export function startRelay(relay: Relay): () => Promise<void> {
  const ending = new AbortController();
  const subscribers = (relay.subscribers ?? []).map((work) => oneAtATime(work, ending.signal));
  const running = run(
    relay,
    (now) => {
      for (const { call } of subscribers) call(now);
    },
    ending.signal,
  );
  return async () => {
    ending.abort();
    await Promise.all([running, ...subscribers.map(({ settled }) => settled())]);
  };
}

async function run(
  { clock, throughRestores }: Relay,
  tell: (now: Date) => void,
  signal: AbortSignal,
): Promise<void> {
  let known: EventHead | null = null;
  let isFailing = false;
  while (!signal.aborted) {
    try {
      const now = clock();
      const head = await throughRestores(now, () => numberEvents(now));
      await announceHead(head);
      if (!known || !isSameHead(head, known)) tell(now);
      known = head;
      isFailing = false;
    } catch (error) {
      if (!isFailing) noteFailure(error, {});
      isFailing = true;
    }
    await pause(isFailing ? AFTER_FAILURE_MS : PULSE_MS, signal);
  }
}

/** Runs work once at a time; calls in the meantime make it run once more. Failed work is tried again. */
function oneAtATime(work: Subscriber, signal: AbortSignal) {
  let wanted: Date | null = null;
  let running: Promise<void> | null = null;
  const runAll = async () => {
    while (wanted && !signal.aborted) {
      const now: Date = wanted;
      wanted = null;
      await work(now).catch(async (error) => {
        noteFailure(error, {});
        wanted ??= now;
        await pause(AFTER_FAILURE_MS, signal);
      });
    }
    running = null;
  };
  return {
    call: (now: Date) => {
      wanted = now;
      running ??= runAll();
    },
    settled: async () => running,
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, null, { signal }).catch(() => {});
}
