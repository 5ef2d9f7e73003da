import { type EventCursor, startAfter } from "@/domain/events/event-cursor";
import type { Principal } from "@/server/access/gate";
import { areReadersEnded, eventsInMemory, moved } from "./feed";
import {
  type EventSlice,
  eventRange,
  isInReach,
  readAfter,
  type StoredEvent,
  type Wanted,
} from "./stored-events";

/** Where a reader begins: after a cursor, at the oldest event (null), or with those that come from now on. */
export type EventStart = EventCursor | "now" | null;

/** `reset` means that the reader begins again at the oldest event: it may have missed some. */
export type EventPage = { events: StoredEvent[]; next: EventCursor; reset: boolean };

export type EventReader = {
  /**
   * The next events, waiting for one up to `ms` milliseconds; empty if none came. No connection is held meanwhile.
   * Throws `StoreWentBack`.
   */
  next(principal: Principal, ms: number, signal?: AbortSignal): Promise<EventPage>;
};

/** A reader that goes on from page to page. */
export function eventReader(start: EventStart, wanted: Wanted): EventReader {
  let at: EventCursor | null = null;
  return {
    async next(principal, ms, signal) {
      const end = performance.now() + ms;
      let reset = false;
      if (at === null) ({ at, reset } = await begin(start));
      for (;;) {
        const slice = await sliceAfter(principal, at, wanted);
        if (slice.head.epoch !== at.epoch) {
          ({ at, reset } = await begin(at));
          continue;
        }
        at = { epoch: at.epoch, position: slice.through };
        const left = end - performance.now();
        const isOver = left <= 0 || signal?.aborted || areReadersEnded();
        if (slice.events.length > 0 || reset || isOver) return { events: slice.events, next: at, reset };
        if (at.position >= slice.head.position) await moved(at, left, signal);
      }
    },
  };
}

async function begin(start: EventStart): Promise<{ at: EventCursor; reset: boolean }> {
  const range = await eventRange();
  const { epoch } = range;
  if (start === "now") return { at: { epoch, position: range.position }, reset: false };
  const { position, reset } = startAfter(start, range);
  return { at: { epoch, position }, reset };
}

async function sliceAfter(principal: Principal, at: EventCursor, wanted: Wanted): Promise<EventSlice> {
  const known = eventsInMemory(at);
  if (!known) return readAfter(principal, at.position, wanted);
  const { types, limit } = wanted;
  const events = known.events
    .filter((event) => isInReach(principal, event) && (types === null || types.includes(event.type)))
    .slice(0, limit);
  const through = events.length === limit ? events.at(-1)?.position : undefined;
  return { events, head: known.head, through: through ?? known.head.position };
}
