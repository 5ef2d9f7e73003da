import { count } from "@/components/text/numbers";
import { ScrollList } from "@/components/ui/scroll-list";
import { StateBadge } from "@/components/ui/state-badge";
import type { AssignPreview } from "@/server/assignments/changes/assign-preview";
import styles from "./assign-form.module.css";
import { fitLabel, lineLabel, lineState } from "./line-labels";

type Props = {
  preview: AssignPreview;
  /** Whether the preview is of these lines; otherwise it is being checked again. */
  isFresh: boolean;
  subjects: readonly string[];
  converts: boolean;
  setConverts: (converts: boolean) => void;
};

/** More lines than this would only be scrolled past; the sentence counts all. */
const MOST = 100;

/** What assigning would do with each line, as the server checked it. */
export function AssignLines({ preview, isFresh, subjects, converts, setConverts }: Props) {
  const { lines } = preview;
  const moved = lines.filter(({ outcome }) => outcome === "convert").length;
  return (
    <div className={styles.checked} aria-busy={!isFresh}>
      <p role="status" className={styles.fit}>
        {isFresh ? fitLabel(preview) : "Checking…"}
      </p>
      {moved > 0 ? (
        <label className={styles.converts}>
          <input
            type="checkbox"
            checked={converts}
            onChange={({ currentTarget }) => setConverts(currentTarget.checked)}
          />
          Convert {count(moved)} who {moved === 1 ? "has" : "have"} another seat, instead of a second seat
        </label>
      ) : null}
      <ScrollList label="Result for each user">
        {subjects.slice(0, MOST).map((subject, at) => {
          const line = lines[at];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its position; the same user may be listed twice
            <li key={at}>
              <bdi title={subject}>{subject}</bdi>
              {line ? (
                <StateBadge state={lineState(line, converts)}>{lineLabel(line, converts)}</StateBadge>
              ) : null}
            </li>
          );
        })}
      </ScrollList>
      {subjects.length > MOST ? <p>and {count(subjects.length - MOST)} more lines.</p> : null}
    </div>
  );
}
