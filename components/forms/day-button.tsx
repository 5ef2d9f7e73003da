import { IconCalendar } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useId, useRef, useState } from "react";
import { untilLoaded } from "@/components/shell/until-loaded";
import styles from "./day-button.module.css";
import type { CalendarProps } from "./day-calendar";

const DayCalendar = dynamic(
  untilLoaded(() => import("./day-calendar").then((module) => module.DayCalendar)),
  { ssr: false, loading: () => <p className={styles.loading}>Loading…</p> },
);

/** The button beside a field for a day. It opens a calendar, which is loaded when it first opens. */
export function DayButton({ label, choose, ...days }: Omit<CalendarProps, "close"> & { label: string }) {
  const [isOpen, setOpen] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();
  return (
    <span className={styles.place}>
      <button
        type="button"
        className={styles.open}
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-label={`Calendar, ${label}`}
        data-open={isOpen}
      >
        <IconCalendar size={18} stroke={1.75} aria-hidden />
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={`Choose a day, ${label}`}
        className={styles.panel}
        onToggle={({ newState }) => setOpen(newState === "open")}
      >
        {isOpen ? (
          <DayCalendar
            {...days}
            choose={(day) => {
              choose(day);
              panel.current?.hidePopover();
            }}
          />
        ) : null}
      </div>
    </span>
  );
}
