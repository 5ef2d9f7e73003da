import { licenseWords, timeLeft, validityWords } from "@/components/license-words";
import { poolState } from "@/components/pool-words";
import { Seal } from "@/components/seal";
import { StateBadge } from "@/components/state-badge";
import { formatLicenseNumber } from "@/domain/license-number";
import { type LicensePool, worstPool } from "@/domain/license-pools";
import { sealStatus } from "@/domain/license-state";
import type { License } from "@/server/licenses";
import styles from "./license-head.module.css";

type Parts = { license: License; pools: LicensePool[]; now: Date };

/** The seal, the name and how the license stands: above every page of it. */
export function LicenseHead({ license, pools, now }: Parts) {
  const { number, customer, product, status, standing, trial, valid, version } = license;
  const { words, state } = licenseWords(license);
  const pool = worstPool(pools);
  const left = timeLeft(license, now);
  return (
    <div className={styles.head}>
      <Seal number={number} status={sealStatus(status, standing, trial)} size={48} />
      <div className={styles.words}>
        <h1>
          {customer.name}, {product}
        </h1>
        <ul className={styles.facts}>
          <li>{formatLicenseNumber(number)}</li>
          <li>{state ? <StateBadge state={state}>{words}</StateBadge> : words}</li>
          <li>
            valid {validityWords(valid)}
            {left ? `, ${left}` : null}
          </li>
          <li>
            definition <code>{version}</code>
          </li>
          {pool && pool.state !== "within" ? (
            <li>
              <StateBadge state={pool.state}>{`${pool.name}: ${poolState(pool)}`}</StateBadge>
            </li>
          ) : null}
        </ul>
      </div>
    </div>
  );
}
