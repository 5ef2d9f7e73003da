import { Meter } from "@/components/meter";
import { poolState, poolUse } from "@/components/pool-words";
import { StateBadge } from "@/components/state-badge";
import { type LicensePool, worstPool } from "@/domain/license-pools";
import styles from "./worst-pool.module.css";

/** The pool of a license that stands worst this month. */
export function WorstPool({ pools }: { pools: LicensePool[] }) {
  const pool = worstPool(pools);
  if (!pool) return <span className={styles.none}>No allotments</span>;
  const words = poolState(pool);
  return (
    <span className={styles.pool}>
      <span className={styles.line}>
        {pool.state === "within" ? (
          <span className={styles.plain}>{words}</span>
        ) : (
          <StateBadge state={pool.state}>{words}</StateBadge>
        )}
        <span className={styles.name}>{pool.name}</span>
      </span>
      <span className={styles.line}>
        <span className={styles.meter}>
          {pool.class === "assigned" ? (
            <Meter used={pool.live} quota={pool.units} overage={0} />
          ) : (
            <Meter used={pool.total} quota={pool.quota} overage={pool.overage} />
          )}
        </span>
        <span className={styles.use}>{poolUse(pool)}</span>
      </span>
    </span>
  );
}
