"use client";

import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useLayoutEffect } from "react";
import { keepDraft, takeDraft } from "./kept-drafts";

const Person = createContext<string | null>(null);

/** Names whose drafts are kept: another one who signs in in this tab gets none of them. */
export function DraftsOf({ person, children }: { person: string; children: ReactNode }) {
  return <Person value={person}>{children}</Person>;
}

type Form<Draft> = {
  /** What tells the form from others of its page; null for one that keeps nothing. */
  name: string | null;
  /** What is typed and not sent; null where nothing is. */
  draft(): Draft | null;
  /** Puts it back. It was kept by this form, maybe in an earlier version of it. */
  restore(draft: Draft): void;
};

/** Keeps what is typed in a form for its writer, who loses the session and signs in again in the same tab. */
export function useKeptDraft<Draft>({ name, draft, restore }: Form<Draft>): void {
  const person = useContext(Person);
  const place = `${usePathname()} ${name}`;
  const keep = useEffectEvent(() => name && person && keepDraft(sessionStorage, place, person, draft()));
  const bringBack = useEffectEvent(() => {
    const kept = name && person && takeDraft(sessionStorage, place, person);
    if (kept) restore(kept as Draft);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place names the form, which is another one elsewhere
  useEffect(() => bringBack(), [place]);
  // Before the page is taken down, while its fields can be read.
  // biome-ignore lint/correctness/useExhaustiveDependencies: likewise
  useLayoutEffect(() => {
    const leave = () => keep();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [place]);
}
