import type { Refused } from "./refused";

/** How taking something back ended. */
export type Undoing = { ok: true } | { ok: false; refused: Refused };

/** Something that a person did. `refused` tells why it was not taken back. */
export type Change = {
  id: number;
  at: number;
  words: string;
  undo?: () => Promise<Undoing>;
  standing: "done" | "undoing" | "undone" | "refused";
  refused?: Refused;
};

type Event = { did: Change } | (Pick<Change, "id" | "standing" | "refused"> & { did?: undefined });

const MEMORY_MS = 15 * 60_000;

/** The changes after an event, the newest first; what is too old to be taken back is forgotten. */
export function changesAfter(changes: Change[], event: Event): Change[] {
  if (event.did) return [event.did, ...changes.filter((change) => isRecent(change, event.did.at))];
  const { id, standing, refused } = event;
  return changes.map((change) => (change.id === id ? { ...change, standing, refused } : change));
}

export function isRecent({ at }: Change, now: number): boolean {
  return now - at < MEMORY_MS;
}

/** What ⌘Z takes back. */
export function newestUndoable(changes: Change[], now: number): Change | undefined {
  return changes.find((change) => change.undo && change.standing === "done" && isRecent(change, now));
}
