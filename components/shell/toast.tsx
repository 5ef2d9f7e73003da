import { IconX } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useState } from "react";
import { RefusalMarks } from "@/components/forms/refusal-marks";
import { type Change, undoneText } from "./change-log";
import { CommandKey } from "./command-key";
import styles from "./toasts.module.css";

type Props = { change: Change; paused: boolean; undo(): void; leave(): void };

const SECONDS = 10;

/** A toast for one change with its undo; a refusal stays until it is closed. */
export function Toast({ change, paused, undo, leave }: Props) {
  const { words, standing, refused } = change;
  const stays = standing === "undoing" || standing === "refused";
  const left = useCountdown(paused || stays, standing, leave);
  return (
    <div className={styles.toast} data-standing={standing}>
      <p>
        {standing === "undone" ? undoneText(change) : (refused?.sentence ?? words)}
        {refused ? <RefusalMarks of={refused} /> : null}
      </p>
      {change.undo && (standing === "done" || standing === "undoing") ? (
        <button type="button" className={styles.undo} onClick={undo} aria-disabled={standing === "undoing"}>
          {standing === "undoing" ? "Undoing" : "Undo"}{" "}
          <span aria-hidden>
            <CommandKey letter="Z" />
          </span>
        </button>
      ) : null}
      {stays ? null : (
        <span className={styles.left} aria-hidden>
          {left} s
        </span>
      )}
      <button type="button" className={styles.close} onClick={leave} aria-label="Dismiss message">
        <IconX size={15} stroke={2} aria-hidden />
      </button>
    </div>
  );
}

/** The remaining seconds. They restart when the status changes, and stop while paused. */
function useCountdown(paused: boolean, standing: Change["standing"], atEnd: () => void): number {
  const [left, setLeft] = useState(SECONDS);
  const tick = useEffectEvent(() => {
    if (left > 1) setLeft(left - 1);
    else atEnd();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new status restarts the countdown
  useEffect(() => setLeft(SECONDS), [standing]);
  useEffect(() => {
    if (paused) return;
    const timer = setInterval(() => tick(), 1000);
    return () => clearInterval(timer);
  }, [paused]);
  return left;
}
