import { TextLink } from "@/components/ui/text-link";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import type { UserLicense } from "@/server/users/user-licenses";
import styles from "./user.module.css";

/** A license by its customer and number. */
export function LicenseName({ number, licenses }: { number: string; licenses: readonly UserLicense[] }) {
  const license = licenses.find((one) => one.number === number);
  return (
    <span className={styles.lines}>
      <TextLink href={`/licenses/${number}`}>
        {license?.customer.name ?? formatLicenseNumber(number)}
      </TextLink>
      <span className={styles.second}>{formatLicenseNumber(number)}</span>
    </span>
  );
}
