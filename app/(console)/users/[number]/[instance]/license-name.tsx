import cell from "@/components/ui/cell-lines.module.css";
import { TextLink } from "@/components/ui/text-link";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import type { UserLicense } from "@/server/users/user-licenses";

/** A license by its customer and number. */
export function LicenseName({ number, licenses }: { number: string; licenses: readonly UserLicense[] }) {
  const license = licenses.find((one) => one.number === number);
  return (
    <span className={cell.cut}>
      <TextLink href={`/licenses/${number}`}>
        {license?.customer.name ?? formatLicenseNumber(number)}
      </TextLink>
      <span className={cell.second}>{formatLicenseNumber(number)}</span>
    </span>
  );
}
