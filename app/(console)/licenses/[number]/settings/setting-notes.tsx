import styles from "./settings.module.css";

/** Under a setting: why it can not be changed, and what was refused when it was tried. */
export function SettingNotes({
  id,
  why,
  refused,
}: {
  id: string;
  why: string | null;
  refused: string | null;
}) {
  return (
    <>
      {why ? (
        <p id={id} className={styles.reason}>
          {why}
        </p>
      ) : null}
      {refused ? (
        <p role="alert" className={styles.refused}>
          {refused}
        </p>
      ) : null}
    </>
  );
}
