import { useDateStyle } from "@/components/shell/date-style-provider";
import { count, counted } from "@/components/text/numbers";
import { ScrollList } from "@/components/ui/scroll-list";
import { shownSubject } from "@/domain/offline/hashed-subject";
import type { Preview } from "./actions";
import styles from "./reclaim.module.css";
import { keptSentence, reasonLabel, STOPPED_SENTENCE } from "./reclaim-labels";

/** The seats that the next run would announce, if it were now. */
export function PreviewView({ of: { seats, later, kept, isStopped } }: { of: Preview }) {
  const dates = useDateStyle();
  const stays = keptSentence(kept);
  return (
    <div className={styles.preview} aria-live="polite">
      <p>
        {seats.length === 0
          ? "No seat would be released now."
          : `${counted(seats.length, "seat")} would be announced now${later > 0 ? `, ${count(later)} more by later runs` : ""}.`}
        {stays ? ` Kept: ${stays}.` : ""}
        {isStopped ? ` ${STOPPED_SENTENCE}` : ""}
      </p>
      {seats.length > 0 ? (
        <ScrollList label="Seats that would be announced">
          {seats.map(({ instance, subject, ...seat }) => (
            <li key={instance}>
              <bdi title={subject}>{shownSubject(subject)}</bdi>
              <span className={styles.reason}>{reasonLabel(seat, dates)}</span>
            </li>
          ))}
        </ScrollList>
      ) : null}
    </div>
  );
}
