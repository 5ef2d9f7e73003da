import { refuseReader } from "@/domain/events/event-readers";
import { perProcess } from "@/server/store/per-process";
import { type EventHead, isSameHead } from "./positions";
import { readBetween, type StoredEvent } from "./stored-events";

/** Events that were read once for all readers who wait: those after a position, up to the head. */
type Latest = { after: number; events: StoredEvent[] };

/** What this process knows about the end of the events, and who waits for more. */
type Feed = {
  head: EventHead | null;
  latest: Latest | null;
  waiting: Set<() => void>;
  /** How many readers each token has here. */
  readers: Map<string, number>;
  isOver: boolean;
};

/** If more came at once, each reader reads for itself. */
const MOST_SHARED = 1000;

const NO_FEED = { head: null, latest: null, isOver: false };
const feed = () =>
  perProcess("event-feed", (): Feed => ({ ...NO_FEED, waiting: new Set(), readers: new Map() }));

/** Notes how far the events go, and wakes the readers who wait. What is new is read once for all of them. */
export async function announceHead(head: EventHead): Promise<void> {
  const { head: before, waiting } = feed();
  if (before && isSameHead(head, before)) return;
  const isShared =
    before?.epoch === head.epoch && waiting.size > 0 && head.position - before.position <= MOST_SHARED;
  const latest = isShared
    ? { after: before.position, events: await readBetween(before.position, head.position) }
    : null;
  Object.assign(feed(), { head, latest });
  wakeAll();
}

/** The events after a position, if this process has them in memory, and the head up to which it has them. */
export function eventsInMemory({
  epoch,
  position,
}: EventHead): { events: StoredEvent[]; head: EventHead } | null {
  const { head, latest } = feed();
  if (!head || !latest || head.epoch !== epoch) return null;
  if (position < latest.after || position > head.position) return null;
  return { events: latest.events.filter((event) => event.position > position), head };
}

/** Waits until more events are known than up to a position, for at most `ms`, or until the reader goes or all have to. */
export async function moved({ epoch, position }: EventHead, ms: number, signal?: AbortSignal): Promise<void> {
  const { head, waiting, isOver } = feed();
  const hasMore = head?.epoch === epoch && head.position > position;
  if (hasMore || isOver || signal?.aborted || ms <= 0) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      waiting.delete(done);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    waiting.add(done);
    signal?.addEventListener("abort", done);
  });
}

export function waitingReaders(): number {
  return feed().waiting.size;
}

/** Takes in a reader that may wait, until the function that it returns is called. Throws a refusal if there are too many. */
export function beginReader(token: string): () => void {
  const { readers } = feed();
  const own = readers.get(token) ?? 0;
  const all = [...readers.values()].reduce((sum, count) => sum + count, 0);
  refuseReader(own, all);
  readers.set(token, own + 1);
  return () => {
    const left = (readers.get(token) ?? 1) - 1;
    if (left > 0) readers.set(token, left);
    else readers.delete(token);
  };
}

/** Ends every wait, now and from now on: the process is about to end. */
export function endReaders(): void {
  feed().isOver = true;
  wakeAll();
}

export function areReadersEnded(): boolean {
  return feed().isOver;
}

function wakeAll(): void {
  for (const wake of [...feed().waiting]) wake();
}
