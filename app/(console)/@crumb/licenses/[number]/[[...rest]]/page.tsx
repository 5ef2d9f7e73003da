import { Crumb } from "@/components/crumb";
import { formatLicenseNumber, parseLicenseNumber } from "@/domain/license-number";

export default async function LicenseCrumb({ params }: { params: Promise<{ number: string }> }) {
  const number = parseLicenseNumber((await params).number);
  if (!number) return null;
  return <Crumb back={{ href: "/licenses", name: "Licenses" }} here={formatLicenseNumber(number)} />;
}
