import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import styles from "./crumb.module.css";

type CustomerProps = { customer: { id: string; name: string }; customerSwitch: ReactNode };
type Props = CustomerProps & {
  number: string;
  licenseSwitch: ReactNode;
};

/** Phones have room for only the second half of the number, in which the licenses of one customer differ. */
const HALF = "0000 0000 ".length;

/** The customer and license of the page, each with its switcher. */
export function Crumb({ customer, number, customerSwitch, licenseSwitch }: Props) {
  const written = formatLicenseNumber(number);
  return (
    <nav aria-label="You are here" className={styles.crumb}>
      <span className={styles.customer}>
        <Link href={`/customers/${customer.id}`}>{customer.name}</Link>
        {customerSwitch}
      </span>
      <span className={styles.slash} aria-hidden>
        /
      </span>
      <span className={styles.license}>
        <Link className={styles.here} href={`/licenses/${number}`}>
          <span className={styles.start}>{written.slice(0, HALF)}</span>
          {written.slice(HALF)}
        </Link>
        {licenseSwitch}
      </span>
    </nav>
  );
}

/** The customer of the page. */
export function CustomerCrumb({ customer, customerSwitch }: CustomerProps) {
  return (
    <nav aria-label="You are here" className={styles.crumb}>
      <span className={styles.customer} data-alone>
        <Link className={styles.here} href={`/customers/${customer.id}`}>
          {customer.name}
        </Link>
        {customerSwitch}
      </span>
    </nav>
  );
}
