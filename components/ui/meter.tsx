import { useId } from "react";
import type { Overage } from "@/domain/licenses/definition";
import styles from "./meter.module.css";

type Measure = { used: number; quota: number; overage: Overage };

const NO_CAP_SHOWN = 1.25;
const WIDTH = "100%";

/** A bar of the usage against quota and overage; the text beside it has the figures. */
export function Meter({ used, quota, overage }: Measure) {
  const hatch = useId();
  const capless = overage === "YES";
  const cap = capless ? Number.POSITIVE_INFINITY : quota + overage;
  const full = Math.max(1, used, capless ? quota * NO_CAP_SHOWN : cap);
  const share = (amount: number) => `${(100 * amount) / full}%`;
  const over = Math.max(0, Math.min(used, cap) - quota);
  const beyond = Math.max(0, used - cap);
  return (
    <svg className={styles.meter} width={WIDTH} height="14" aria-hidden>
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className={styles.hatchGround} width="5" height="5" />
          <rect className={styles.hatchLine} width="2.5" height="5" />
        </pattern>
      </defs>
      <rect className={styles.track} data-capless={capless} y="3" width={WIDTH} height="8" rx="2" />
      <rect className={styles.within} y="3" width={share(Math.min(used, quota))} height="8" />
      <rect y="3" x={share(quota)} width={share(over)} height="8" fill={`url(#${hatch})`} />
      <rect className={styles.beyond} y="3" x={share(Math.min(used, cap))} width={share(beyond)} height="8" />
      <rect className={styles.quota} x={share(quota)} width="2" height="14" transform="translate(-2)" />
    </svg>
  );
}
