import { RefusalMarks } from "@/components/forms/refusal-marks";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import styles from "./settings.module.css";

/** Notes below a setting: why it can't be changed, and the last refusal. */
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
