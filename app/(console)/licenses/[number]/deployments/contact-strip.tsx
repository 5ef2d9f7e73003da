import type { ContactDay } from "@/domain/contact-days";
import { contactLabel, shortDay } from "./contact-labels";
import styles from "./contact-strip.module.css";

/** The recent days on which a deployment called: one mark per day, and the same as text. */
export function ContactStrip({ days }: { days: ContactDay[] }) {
  return (
    <>
      <h4>Calls of the last {days.length} days (UTC)</h4>
      <div className={styles.strip} aria-hidden>
        {days.map(({ day, called }) => (
          <span key={day} title={titleOf(day, called)} data-called={called ?? "unknown"} />
        ))}
      </div>
      <p className={styles.ends} aria-hidden>
        <span>{shortDay(days[0]?.day ?? "")}</span>
        <span>today</span>
      </p>
      <p className={styles.words}>{contactLabel(days)}</p>
    </>
  );
}

function titleOf(day: string, called: boolean | null): string {
  return `${shortDay(day)}: ${called === null ? "no record" : called ? "called" : "no call"}`;
}
