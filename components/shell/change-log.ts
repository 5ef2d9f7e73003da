import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { count } from "@/components/text/numbers";

/** How many changes were undone; `sentence` says why the others weren't. */
type Undone = { undone: number; stayed: number; sentence?: string };

/** The result of an undo. */
export type Undoing = { ok: true; did?: Undone } | { ok: false; refused: RefusalNotice };

/** What the server needs to undo a change: the license, null for a change of several, and an encrypted token. */
export type UndoHandle = { license: string | null; sealed: string };

/**
 * A change that the person made. `refused` says why the undo failed, `partly` how much of it wasn't undone. A recalled
 * change was made before the page was reloaded.
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

/** The changes after an event, newest first; changes that are too old to undo are dropped. */
export function changesAfter(changes: Change[], event: Event): Change[] {
  if ("did" in event) return [event.did, ...changes.filter((change) => isRecent(change, event.did.at))];
  if ("recalled" in event) return [...changes.filter(({ isRecalled }) => !isRecalled), ...event.recalled];
  const { id, standing, refused, partly } = event;
  return changes.map((change) =>
    change.id === id ? { ...change, standing, refused, partly, isRecalled: false } : change,
  );
}

/** A sentence about the part of a change that wasn't undone; undefined if all of it was. */
export function notUndone(done: Undone | undefined): string | undefined {
  if (!done || done.stayed === 0) return undefined;
  const { undone, stayed, sentence = "" } = done;
  return `Undone in part: ${count(undone)} of ${count(undone + stayed)}. ${sentence}`.trimEnd();
}

/** The text for a change that was undone. */
export function undoneText({ words, partly }: Pick<Change, "words" | "partly">): string {
  return partly ?? `Undone: ${words}`;
}

export function isRecent({ at }: Pick<Change, "at">, now: number): boolean {
  return now - at < MEMORY_MS;
}

/** The change that ⌘Z undoes. */
export function newestUndoable(changes: Change[], now: number): Change | undefined {
  return changes.find((change) => change.undo && change.standing === "done" && isRecent(change, now));
}
