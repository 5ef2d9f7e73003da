import { useState } from "react";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import type { Notes } from "@/domain/licenses/notes";
import { draftOf } from "./notes-draft";
import type { NotesDraft } from "./notes-fields";

/** What was typed, and the tag of the notes that it changes. */
type Typed = { draft: NotesDraft; tag: string; isSaved?: boolean };

/**
 * The notes as they are edited. Without input they are the saved ones; input stays when somebody else saves others, and
 * is outdated then.
 */
export function useNotesDraft(notes: Notes, tag: string) {
  const [typed, setTyped] = useState<Typed | null>(null);
  if (typed?.isSaved && typed.tag !== tag) setTyped(null); // the page has the notes that were saved
  const saved = draftOf(notes);
  const isChanged = typed !== null && !typed.isSaved && !isSame(typed.draft, saved);
  useKeptDraft<Typed>({ name: "notes", draft: () => (isChanged ? typed : null), restore: setTyped });
  return {
    draft: typed?.draft ?? saved,
    /** The tag of the notes that the draft changes. */
    base: typed?.tag ?? tag,
    isChanged,
    isOutdated: isChanged && typed.tag !== tag,
    change: (draft: NotesDraft) => setTyped(isSame(draft, saved) ? null : { draft, tag: typed?.tag ?? tag }),
    /** After a save under a tag, until the page has the new notes. */
    settle: (as: string) => setTyped(as === tag ? null : typed && { ...typed, isSaved: true }),
    /** Lets the draft replace what somebody else saved. */
    keep: () => setTyped(typed && { ...typed, tag }),
    discard: () => setTyped(null),
  };
}

function isSame(one: NotesDraft, other: NotesDraft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
