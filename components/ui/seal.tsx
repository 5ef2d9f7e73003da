import type { LicenseMark } from "@/domain/licenses/license-state";
import styles from "./seal.module.css";
import { sealPath } from "./seal-path";

const GLYPHS: Record<LicenseMark, string> = {
  active: "M14.5 20.3l3.8 3.8 7.4-8.2",
  trial: "M20 14.5v5.5l3.6 2.2",
  suspended: "M17.3 15.5v9M22.7 15.5v9",
  expired: "M16.2 14.5h7.6M16.2 25.5h7.6M17 14.5c0 3.5 6 7.5 6 11M23 14.5c0 3.5-6 7.5-6 11",
  revoked: "M16 16l8 8M24 16l-8 8",
};

/** The seal of a license, drawn from its digits; the text beside it has the status. */
export function Seal({ number, status, size }: { number: string; status: LicenseMark; size: 28 | 32 | 72 }) {
  return (
    <svg
      className={styles.seal}
      data-status={status}
      viewBox="0 0 40 40"
      width={size}
      height={size}
      aria-hidden
    >
      <path className={styles.edge} d={sealPath(number)} />
      <circle className={styles.ring} cx="20" cy="20" r="10.2" />
      <path className={styles.glyph} d={GLYPHS[status]} />
    </svg>
  );
}
