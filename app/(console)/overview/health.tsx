import { Link } from "@/components/ui/link";
import type { LicenseCondition } from "@/domain/licenses/license-condition";
import styles from "./health.module.css";
import { healthTexts } from "./health-labels";

/** How many licenses are in which condition; each part links to exactly these licenses. */
export function Health({ conditions }: { conditions: Record<LicenseCondition, number> }) {
  return (
    <p className={styles.sum}>
      {healthTexts(conditions).map(({ condition, words }, index) => (
        <span key={condition}>
          {index > 0 ? ", " : ""}
          <Link href={`/licenses?view=${condition}`}>{words}</Link>
        </span>
      ))}
      .
    </p>
  );
}
