import { dateStyle } from "@/app/(console)/_lib/date-style";
import type { ContactDay } from "@/domain/contact-days";
import { type DateStyle, shortDateText } from "@/domain/dates/date-style";
import { contactLabel } from "./contact-labels";
import styles from "./contact-strip.module.css";

/** The recent days on which a deployment called: one mark per day, and the same as text. */
export async function ContactStrip({ days }: { days: ContactDay[] }) {
  const dates = await dateStyle();
  return (
    <>
      <h4>Calls of the last {days.length} days (UTC)</h4>
      <div className={styles.strip} aria-hidden>
        {days.map(({ day, called }) => (
          <span key={day} title={titleOf(day, called, dates)} data-called={called ?? "unknown"} />
        ))}
      </div>
      <p className={styles.ends} aria-hidden>
        <span>{days[0] ? shortDateText(days[0].day, dates) : null}</span>
        <span>today</span>
      </p>
      <p className={styles.words}>{contactLabel(days, dates)}</p>
    </>
  );
}

function titleOf(day: string, called: boolean | null, dates: DateStyle): string {
  return `${shortDateText(day, dates)}: ${called === null ? "no record" : called ? "called" : "no call"}`;
}
