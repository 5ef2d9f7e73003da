import { useState } from "react";
import { useKeptDraft } from "./use-kept-draft";

/** What was typed, and the tag of the saved values that it changes. */
type Typed<Draft> = { draft: Draft; tag: string; isSaved?: boolean };

type Edited<Draft> = {
  /** A name that is unique among the page's forms. */
  name: string;
  /** The values on the server, and their tag. */
  saved: Draft;
  tag: string;
};

/**
 * Values as they are edited. Without input they are the saved ones; input stays when somebody else saves others, and is
 * outdated then.
 */
export function useEditedDraft<Draft>({ name, saved, tag }: Edited<Draft>) {
  const [typed, setTyped] = useState<Typed<Draft> | null>(null);
  if (typed?.isSaved && typed.tag !== tag) setTyped(null); // the page has the values that were saved
  const isChanged = typed !== null && !typed.isSaved && !isSame(typed.draft, saved);
  useKeptDraft<Typed<Draft>>({
    name,
    draft: () => (isChanged ? typed : null),
    restore: (kept) => "tag" in kept && setTyped(kept),
  });
  return {
    draft: typed?.draft ?? saved,
    /** The tag of the values that the draft changes. */
    base: typed?.tag ?? tag,
    isChanged,
    isOutdated: isChanged && typed.tag !== tag,
    change: (draft: Draft) => setTyped(isSame(draft, saved) ? null : { draft, tag: typed?.tag ?? tag }),
    /** After a save, until the page has the new values. */
    settle: () => setTyped(typed && { ...typed, isSaved: true }),
    /** Lets the draft replace what somebody else saved. */
    keep: () => setTyped(typed && { ...typed, tag }),
    discard: () => setTyped(null),
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
