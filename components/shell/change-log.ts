import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { count } from "@/components/text/numbers";

/** How much was taken back; `sentence` tells why some of it stays. */
type Undone = { undone: number; stayed: number; sentence?: string };

/** How taking something back ended. */
export type Undoing = { ok: true; did?: Undone } | { ok: false; refused: RefusalNotice };

/** What takes a change back: sealed by the server, on which license. */
export type UndoHandle = { license: string; sealed: string };

/**
 * Something that a person did. `refused` tells why it was not taken back, `partly` how much of it was not. One is
 * recalled that was done before the window was loaded again.
 */
export type Change = {
  id: number;
  at: number;
  words: string;
  undo?: UndoHandle;
  isRecalled?: boolean;
  standing: "done" | "undoing" | "undone" | "refused";
  refused?: RefusalNotice;
  partly?: string;
};

type Event =
  | { did: Change }
  | { recalled: Change[] }
  | Pick<Change, "id" | "standing" | "refused" | "partly">;

const MEMORY_MS = 15 * 60_000;

/** The changes after an event, the newest first; what is too old to be taken back is forgotten. */
export function changesAfter(changes: Change[], event: Event): Change[] {
  if ("did" in event) return [event.did, ...changes.filter((change) => isRecent(change, event.did.at))];
  if ("recalled" in event) return [...changes.filter(({ isRecalled }) => !isRecalled), ...event.recalled];
  const { id, standing, refused, partly } = event;
  return changes.map((change) =>
    change.id === id ? { ...change, standing, refused, partly, isRecalled: false } : change,
  );
}

/** What the server did not take back of a change, with its reason; undefined when it took all of it. */
export function notUndone(done: Undone | undefined): string | undefined {
  if (!done || done.stayed === 0) return undefined;
  const { undone, stayed, sentence = "" } = done;
  return `Undone in part: ${count(undone)} of ${count(undone + stayed)}. ${sentence}`.trimEnd();
}

/** What is told of a change once it was taken back. */
export function undoneText({ words, partly }: Pick<Change, "words" | "partly">): string {
  return partly ?? `Undone: ${words}`;
}

export function isRecent({ at }: Pick<Change, "at">, now: number): boolean {
  return now - at < MEMORY_MS;
}

/** What ⌘Z takes back. */
export function newestUndoable(changes: Change[], now: number): Change | undefined {
  return changes.find((change) => change.undo && change.standing === "done" && isRecent(change, now));
}
