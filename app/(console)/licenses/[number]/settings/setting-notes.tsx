import { RefusalMarks } from "@/components/forms/refusal-marks";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import styles from "./settings.module.css";

/** Under a setting: why it cannot be changed, and what was refused when it was tried. */
export function SettingNotes({
  id,
  why,
  refused,
}: {
  id: string;
  why: string | null;
  refused: RefusalNotice | null;
}) {
  return (
    <>
      {why ? (
        <p id={id} className={styles.reason}>
          {why}
        </p>
      ) : null}
      {refused ? (
        <p className={styles.refused}>
          <span role="alert">{refused.sentence}</span> <RefusalMarks of={refused} />
        </p>
      ) : null}
    </>
  );
}
