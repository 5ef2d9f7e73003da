import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { PageAhead } from "@/components/shell/page-ahead";
import { formatLicenseNumber, parseLicenseNumber } from "@/domain/licenses/license-number";
import { whyNot } from "@/domain/roles";
import { ChangeDialogs } from "./definition/_dialogs/change-dialogs";
import { licenseAsks } from "./license-asks";
import { LicenseHead } from "./license-head";
import { licenseOfPage, type NumberParams } from "./license-of-page";
import { LicenseTabs } from "./license-tabs";

/** The title uses the URL alone, so that the page of a missing license has a title too. */
export async function generateMetadata({ params }: NumberParams): Promise<Metadata> {
  const number = parseLicenseNumber((await params).number);
  if (!number) return { title: "Not found" };
  const name = formatLicenseNumber(number);
  return { title: { default: name, template: `%s · ${name} · Signet` } };
}

export default async function LicenseLayout({ params, children }: NumberParams & { children: ReactNode }) {
  const { who, license, glance, pools, now } = await licenseOfPage({ params }, "licenses.read");
  return (
    <NuqsAdapter>
      <LicenseHead license={license} glance={glance} who={who} now={now} />
      <LicenseTabs number={license.number} role={who.role} asks={licenseAsks(pools, glance)} />
      <PageAhead isInLicense>{children}</PageAhead>
      {whyNot(who, "licenses.write") ? null : <ChangeDialogs number={license.number} now={now} />}
    </NuqsAdapter>
  );
}
