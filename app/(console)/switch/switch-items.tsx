import { IconCheck, IconChevronRight } from "@tabler/icons-react";
import { usePathname, useSearchParams } from "next/navigation";
import { counted } from "@/components/text/numbers";
import { Link } from "@/components/ui/link";
import { Seal } from "@/components/ui/seal";
import { StateBadge } from "@/components/ui/state-badge";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import type { CustomerChoice, LicenseChoice } from "./choices";
import { switchedPath } from "./switched-path";
import styles from "./switcher.module.css";

type CustomerProps = { choice: CustomerChoice; isHere: boolean; pick(to: CustomerChoice): void };

export function CustomerItem({ choice, isHere, pick }: CustomerProps) {
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        data-item
        aria-current={isHere}
        onClick={() => pick(choice)}
      >
        <span className={styles.name}>{choice.name}</span>
        <span className={styles.fact}>{counted(choice.licenses, "license")}</span>
        <IconChevronRight size={15} stroke={2} aria-hidden />
      </button>
    </li>
  );
}

type LicenseProps = { choice: LicenseChoice; isHere: boolean; close(): void };

export function LicenseItem({ choice, isHere, close }: LicenseProps) {
  const path = usePathname();
  const search = useSearchParams();
  const { number, product, seal, words, state } = choice;
  return (
    <li>
      <Link
        className={styles.item}
        data-item
        href={switchedPath(path, search.toString(), number)}
        aria-current={isHere}
        onClick={close}
      >
        <Seal number={number} status={seal} size={28} />
        <span className={styles.name}>
          {formatLicenseNumber(number)}
          <span className={styles.product}>{product}</span>
        </span>
        {state ? (
          <StateBadge state={state}>{words}</StateBadge>
        ) : (
          <span className={styles.fact}>{words}</span>
        )}
        {isHere ? <IconCheck size={15} stroke={2} aria-label="current" /> : null}
      </Link>
    </li>
  );
}
