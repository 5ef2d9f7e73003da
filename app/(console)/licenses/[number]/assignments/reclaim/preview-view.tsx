import { count, counted } from "@/components/text/numbers";
import { shownSubject } from "@/domain/offline/hashed-subject";
import type { Preview } from "./actions";
import styles from "./reclaim.module.css";
import { keptSentence, reasonLabel } from "./reclaim-labels";

/** The seats that the next run would announce, if it were now. */
export function PreviewView({ of: { seats, later, kept, isStopped } }: { of: Preview }) {
  const stays = keptSentence(kept);
  return (
    <div className={styles.preview} aria-live="polite">
      <p>
        {seats.length === 0
          ? "No seat would be released now."
          : `${counted(seats.length, "seat")} would be announced now${later > 0 ? `, ${count(later)} more by later runs` : ""}.`}
        {stays ? ` Kept: ${stays}.` : ""}
        {isStopped ? " No run begins while the license serves nobody." : ""}
      </p>
      {seats.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it
        <ol className={styles.seats} tabIndex={0} aria-label="Seats that would be announced">
          {seats.map(({ instance, subject, ...seat }) => (
            <li key={instance}>
              <bdi title={subject}>{shownSubject(subject)}</bdi>
              <span>{reasonLabel(seat)}</span>
            </li>
          ))}
        </ol>
      ) : null}
    </div>
  );
}
