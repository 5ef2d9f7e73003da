import type { ReactNode } from "react";
import { formatLicenseNumber } from "@/domain/license-number";
import { LicenseHead } from "./license-head";
import { licenseOfPage, type NumberParams } from "./license-of-page";
import { LicenseTabs } from "./license-tabs";

export async function generateMetadata(props: NumberParams) {
  const { license } = await licenseOfPage(props, "licenses.read");
  const number = formatLicenseNumber(license.number);
  return { title: { default: number, template: `%s · ${number} · Signet` } };
}

export default async function LicenseLayout({ params, children }: NumberParams & { children: ReactNode }) {
  const { license, now } = await licenseOfPage({ params }, "licenses.read");
  return (
    <>
      <LicenseHead license={license} now={now} />
      <LicenseTabs number={license.number} />
      {children}
    </>
  );
}
