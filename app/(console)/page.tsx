import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { UpdatedAt } from "@/app/(console)/_lib/updated-at";
import { UnknownFilters } from "@/app/(console)/_list/unknown-filters";
import { unknownIn } from "@/app/(console)/_list/unknown-in";
import { OpenSteps, openBeginnings } from "@/app/(console)/first-steps/open-steps";
import { Attention } from "@/app/(console)/overview/attention";
import { Ends } from "@/app/(console)/overview/ends";
import { Figures } from "@/app/(console)/overview/figures";
import { Health } from "@/app/(console)/overview/health";
import { loadOverview } from "@/app/(console)/overview/search-params";
import { WorstLicenses } from "@/app/(console)/overview/worst-licenses";
import { EmptyInstallation } from "@/app/(console)/sample/empty-installation";
import { PageHead } from "@/components/shell/page-head";
import { allowedTo } from "@/server/identity/session";
import { hasOwnLicense } from "@/server/overview/beginnings";
import { sharedOverview, worstCourses } from "@/server/overview/overview";
import { sampleFilling } from "@/server/sample/sample-filling";

export const metadata: Metadata = { title: "Overview" };

const EVERY_MS = 30_000;

export default async function OverviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("licenses.read");
  const address = await searchParams;
  const { about, all } = loadOverview(address);
  const read = await sharedOverview(who, new Date());
  const { at: now, licenses, only, conditions, figures, needs, ends } = read;
  if (who.role === "license-admin" && only) redirect(`/licenses/${only}`);
  if (licenses === 0 || (sampleFilling() && !(await hasOwnLicense(who))))
    return (
      <>
        <PageHead title="Overview" />
        <EmptyInstallation who={who} />
      </>
    );
  const begun = await openBeginnings(who);
  const steps = begun ? <OpenSteps who={who} begun={begun} /> : null;
  const isSampleOnly = !begun?.license;
  return (
    <>
      <PageHead title="Overview">
        <UpdatedAt at={now} asOf={read.asOf} everyMs={EVERY_MS} />
      </PageHead>
      <Health conditions={conditions} />
      <UnknownFilters filters={unknownIn(address, { about, all }, ["about", "all"])} />
      {isSampleOnly ? null : steps}
      <Figures figures={figures} now={now} />
      <Attention needs={needs} about={about} isWhole={all === "true"} now={now} />
      <Ends ends={ends} />
      <WorstLicenses worst={await worstCourses(read)} licenses={licenses} now={now} />
      {isSampleOnly ? steps : null}
    </>
  );
}
