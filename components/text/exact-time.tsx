import { useCallback } from "react";
import { CopiedText } from "@/components/ui/copied-text";
import styles from "./moment.module.css";
import { exactlyIn, zoneText } from "./moment-labels";

/** A moment in several formats, each with a copy button, in a popover of the button before it. */
export function ExactTime({ at, onClose }: { at: Date; onClose: () => void }) {
  const open = useCallback((panel: HTMLElement | null) => panel?.showPopover(), []);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <span
      ref={open}
      role="dialog"
      aria-label="Exact time"
      className={styles.exact}
      popover="auto"
      onToggle={({ newState }) => newState === "closed" && onClose()}
    >
      {[...new Set(["UTC", own])].map((zone) => (
        <Line key={zone} name={zoneText(zone)} text={exactlyIn(at, zone)} />
      ))}
      <Line name="ISO" text={at.toISOString()} />
    </span>
  );
}

function Line({ name, text }: { name: string; text: string }) {
  return (
    <span className={styles.line}>
      <span className={styles.name}>{name}</span>
      <CopiedText text={text} name={`${name} time`} />
    </span>
  );
}
