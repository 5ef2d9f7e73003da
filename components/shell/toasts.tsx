"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { Change } from "./change-log";
import { Toast } from "./toast";
import styles from "./toasts.module.css";

type Props = { changes: Change[]; undo(id: number): Promise<void> };

const MOST = 3;

/**
 * The last changes, at most three, bottom left. Toasts disappear after 10 seconds; the countdown pauses while they have
 * the pointer or the focus, or the tab is hidden. The announcer reads their words, so they are no live region.
 */
export function Toasts({ changes, undo }: Props) {
  const [gone, setGone] = useState<ReadonlySet<number>>(new Set());
  const [held, setHeld] = useState(false);
  const hidden = useHiddenTab();
  const shown = changes.filter(({ id, isRecalled }) => !isRecalled && !gone.has(id)).slice(0, MOST);
  const leave = (id: number) => setGone((before) => new Set([...before, id]));
  useEffect(() => {
    if (shown.length === 0) setHeld(false);
  }, [shown.length]);
  if (shown.length === 0) return null;
  return (
    <section
      aria-label="Notifications"
      className={styles.toasts}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {shown.map((change) => (
        <Toast
          key={change.id}
          change={change}
          paused={held || hidden}
          undo={() => undo(change.id)}
          leave={() => leave(change.id)}
        />
      ))}
    </section>
  );
}

function useHiddenTab(): boolean {
  const [hidden, setHidden] = useState(false);
  const look = useEffectEvent(() => setHidden(document.visibilityState === "hidden"));
  useEffect(() => {
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return hidden;
}
