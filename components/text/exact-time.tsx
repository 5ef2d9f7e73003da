import { useCallback } from "react";
import { useDateStyle, useOwnZone } from "@/components/shell/date-style-provider";
import { CopiedText } from "@/components/ui/copied-text";
import { exactText } from "@/domain/dates/date-style";
import { UTC, zoneName } from "@/domain/dates/zone";
import styles from "./moment.module.css";

/** A moment in several formats, each with a copy button, in a popover of the button before it. */
export function ExactTime({ at, onClose }: { at: Date; onClose: () => void }) {
  const open = useCallback((panel: HTMLElement | null) => panel?.showPopover(), []);
  const dates = useDateStyle();
  const own = useOwnZone();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <span
      ref={open}
      role="dialog"
      aria-label="Exact time"
      className={styles.exact}
      popover="auto"
      onToggle={({ newState }) => newState === "closed" && onClose()}
    >
      {[...new Set([UTC, own, here])].map((zone) => (
        <Line key={zone} name={zoneName(zone)} text={copiable(exactText(at, { ...dates, zone }))} />
      ))}
      <Line name="ISO" text={at.toISOString()} />
    </span>
  );
}

/** Other programs don't read no-break spaces as spaces. */
function copiable(text: string): string {
  return text.replaceAll("\u00A0", " ");
}

function Line({ name, text }: { name: string; text: string }) {
  return (
    <span className={styles.line}>
      <span className={styles.name}>{name}</span>
      <CopiedText text={text} name={`${name} time`} />
    </span>
  );
}
