import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { healthWords } from "@/components/health-words";
import { PageHead } from "@/components/page-head";
import { hasOwnLicense } from "@/server/beginnings";
import { overview } from "@/server/overview";
import { sampleFilling } from "@/server/sample-filling";
import { allowedTo } from "@/server/session";
import { OpenSteps, openBeginnings } from "./first-steps/open-steps";
import { LeftOut } from "./left-out";
import { NumbersOf } from "./numbers-of";
import { Attention } from "./overview/attention";
import { Ends } from "./overview/ends";
import { LicenseCards } from "./overview/license-cards";
import styles from "./overview/overview.module.css";
import { loadOverview } from "./overview/search-params";
import { EmptyInstallation } from "./sample/empty-installation";
import { unknownIn } from "./unknown-in";

export const metadata: Metadata = { title: "Overview" };

const EVERY_MS = 30_000;

export default async function OverviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("licenses.read");
  const address = await searchParams;
  const { about } = loadOverview(address);
  const now = new Date();
  const { licenses, only, needy, healthy, needs, ends, cards } = await overview(who, now);
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
        <NumbersOf at={now} everyMs={EVERY_MS} />
      </PageHead>
      <p className={styles.sum}>{healthWords(needy, healthy, licenses - needy - healthy)}</p>
      <LeftOut filters={unknownIn(address, { about }, ["about"])} />
      {isSampleOnly ? null : steps}
      <div className={styles.top}>
        <Attention needs={needs} about={about} now={now} />
        <Ends ends={ends} />
      </div>
      <LicenseCards cards={cards} licenses={licenses} now={now} />
      {isSampleOnly ? steps : null}
    </>
  );
}
