import { Switcher } from "@/app/(console)/switch/switcher";
import { Crumb } from "@/components/shell/crumb";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { principal } from "@/server/identity/session";
import { licensePosition } from "@/server/licenses/license-position";

type Props = { params: Promise<{ number: string }> };

/** The crumb of a license's page: its customer and the license, each with a switcher. */
export default async function LicenseCrumb({ params }: Props) {
  const number = parseLicenseNumber((await params).number);
  const place = number && (await licensePosition(await principal(), number));
  if (!number || !place) return null;
  const { customer, otherCustomers, otherLicenses } = place;
  const parts = { customer, number, otherCustomers };
  return (
    <Crumb
      customer={customer}
      number={number}
      customerSwitch={otherCustomers ? <Switcher {...parts} level="customers" /> : null}
      licenseSwitch={otherLicenses || otherCustomers ? <Switcher {...parts} level="licenses" /> : null}
    />
  );
}
