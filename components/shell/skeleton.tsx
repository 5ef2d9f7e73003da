import type { Shape } from "./page-shapes";
import styles from "./skeleton.module.css";

const ROWS = Array.from({ length: 12 }, (_, index) => index);
const FIELDS = ROWS.slice(0, 6);

/** The skeleton of a license's header and tabs. */
export function LicenseShape() {
  return (
    <div className={styles.license}>
      <div className={styles.seal} />
      <div className={styles.title} />
      <div className={styles.tabs} />
    </div>
  );
}

/** The skeleton of a page's heading and content; within a license the tab is the heading of most pages. */
export function PageShape({ shape, isInLicense }: { shape: Shape; isInLicense: boolean }) {
  return (
    <div className={styles.page} data-in-license={isInLicense}>
      {isInLicense && shape.of !== "form" ? null : <div className={styles.title} />}
      <Body shape={shape} />
    </div>
  );
}

function Body({ shape }: { shape: Shape }) {
  if (shape.of === "list") return <List lines={shape.lines} />;
  if (shape.of === "chart") return <div className={styles.chart} />;
  return (
    <div className={styles.fields}>
      {FIELDS.map((at) => (
        <div key={at} className={styles.field}>
          <i />
          <i />
        </div>
      ))}
    </div>
  );
}

function List({ lines }: { lines: number }) {
  return (
    <>
      {ROWS.slice(0, lines).map((line) => (
        <div key={line} className={styles.filters} />
      ))}
      <div className={styles.table}>
        <div className={styles.heads} />
        {ROWS.map((row) => (
          <div key={row} className={styles.row}>
            <i />
            <i />
            <i />
            <i />
          </div>
        ))}
      </div>
    </>
  );
}
