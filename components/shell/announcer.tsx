"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import styles from "./announcer.module.css";

type Manner = "polite" | "assertive";

/** Announces words to screen readers: `polite` when they are idle, `assertive` at once. */
export type Announce = (words: string, manner?: Manner) => void;

type Spoken = { words: string; turn: number };

const Announcing = createContext<Announce>(() => {});

export function useAnnounce(): Announce {
  return useContext(Announcing);
}

/** The console's two live regions. Repeated words are announced again. */
export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<Record<Manner, Spoken>>({ polite: SILENCE, assertive: SILENCE });
  const announce = useMemo<Announce>(
    () =>
      (words, manner = "polite") =>
        setSaid((before) => ({ ...before, [manner]: { words, turn: before[manner].turn + 1 } })),
    [],
  );
  return (
    <Announcing value={announce}>
      {children}
      <div role="status" className={styles.unseen}>
        <span key={said.polite.turn}>{said.polite.words}</span>
      </div>
      <div aria-live="assertive" className={styles.unseen}>
        <span key={said.assertive.turn}>{said.assertive.words}</span>
      </div>
    </Announcing>
  );
}

const SILENCE: Spoken = { words: "", turn: 0 };
