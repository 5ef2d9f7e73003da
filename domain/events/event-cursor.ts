/** How long events are kept. */
export const EVENT_DAYS = 30;

/** How far a reader has come: a position, and the epoch in which it was given. */
export type EventCursor = { epoch: string; position: number };

/** The positions that a reader can get now. `oldest` is the first one that is kept, or the next one to come. */
export type EventRange = { epoch: string; position: number; oldest: number };

const CURSOR = /^([0-9a-f]{12})\.([0-9]{1,15})$/;

export function eventCursorText({ epoch, position }: EventCursor): string {
  return `${epoch}.${position}`;
}

/** Null for any text that isn't a cursor. */
export function parseEventCursor(text: string): EventCursor | null {
  const [, epoch, position] = CURSOR.exec(text) ?? [];
  return epoch === undefined || position === undefined ? null : { epoch, position: Number(position) };
}

/**
 * The position after which a reader goes on. `reset` means that events after its cursor are gone, or that positions
 * mean other events since a restore: it starts at the oldest again. So does a reader without a cursor.
 */
export function startAfter(
  cursor: EventCursor | null,
  { epoch, position, oldest }: EventRange,
): { position: number; reset: boolean } {
  const beginning = oldest - 1;
  if (cursor === null) return { position: beginning, reset: false };
  const isKnown = cursor.epoch === epoch && cursor.position >= beginning && cursor.position <= position;
  return isKnown ? { position: cursor.position, reset: false } : { position: beginning, reset: true };
}
