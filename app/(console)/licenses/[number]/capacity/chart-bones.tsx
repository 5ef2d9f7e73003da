import styles from "./chart-bones.module.css";

const LINES = [0, 1, 2, 3, 4];

/** The place of a chart until it is loaded: its axes and the lines of its grid. */
export function ChartBones() {
  return (
    <div className={styles.bones} aria-hidden>
      {LINES.map((line) => (
        <i key={line} />
      ))}
    </div>
  );
}
