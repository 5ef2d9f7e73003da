import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { counted } from "@/components/numbers";
import { PageHead } from "@/components/page-head";
import { overview } from "@/server/overview";
import { sampleFilling } from "@/server/sample-filling";
import { allowedTo } from "@/server/session";
import { OpenSteps, openBeginnings } from "./first-steps/open-steps";
import { NumbersOf } from "./numbers-of";
import { Attention } from "./overview/attention";
import { Ends } from "./overview/ends";
import { LicenseCards } from "./overview/license-cards";
import styles from "./overview/overview.module.css";
import { loadOverview } from "./overview/search-params";
import { EmptyInstallation } from "./sample/empty-installation";

export const metadata: Metadata = { title: "Overview" };

const EVERY_MS = 30_000;

export default async function OverviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("licenses.read");
  const { about } = await loadOverview(searchParams);
  const now = new Date();
  const { licenses, only, needy, needs, ends, cards } = await overview(who, now);
  if (who.role === "license-admin" && only) redirect(`/licenses/${only}`);
  if (licenses === 0 || sampleFilling())
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
      <p className={styles.sum}>{sumInWords(needy, licenses - needy)}</p>
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

/** `3 licenses need you, 21 are fine`. */
function sumInWords(needy: number, fine: number): string {
  if (needy === 0) return fine === 1 ? "Your license is fine." : `All ${counted(fine, "license")} are fine.`;
  const need = `${counted(needy, "license")} ${needy === 1 ? "needs" : "need"} you`;
  return fine === 0 ? `${need}.` : `${need}, ${fine === 1 ? "1 is" : `${fine} are`} fine.`;
}
