"use client";

import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useLayoutEffect } from "react";
import { keepDraft, takeDraft } from "./kept-drafts";

const Person = createContext<string | null>(null);

/** Sets the owner of drafts: another person who signs in in this tab gets none of them. */
export function DraftsOf({ person, children }: { person: string; children: ReactNode }) {
  return <Person value={person}>{children}</Person>;
}

type Form<Draft> = {
  /** A name that is unique on the page; null for a form that keeps no draft. */
  name: string | null;
  /** Returns the unsent input; null if there is none. */
  draft(): Draft | null;
  /** Restores a draft, which an earlier version of this form may have saved. */
  restore(draft: Draft): void;
};

/** Keeps a form's input for a person who loses the session and signs in again in the same tab. */
export function useKeptDraft<Draft>({ name, draft, restore }: Form<Draft>): void {
  const person = useContext(Person);
  const place = `${usePathname()} ${name}`;
  const keep = useEffectEvent(() => name && person && keepDraft(sessionStorage, place, person, draft()));
  const bringBack = useEffectEvent(() => {
    const kept = name && person && takeDraft(sessionStorage, place, person);
    if (kept) restore(kept as Draft);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place identifies the form; at another place it is another form
  useEffect(() => bringBack(), [place]);
  // The draft is saved before unmounting, while the fields can still be read.
  // biome-ignore lint/correctness/useExhaustiveDependencies: same reason as above
  useLayoutEffect(() => {
    const leave = () => keep();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [place]);
}
