import type { Metadata } from "next";
import { ActionLink } from "@/components/action-link";
import { Empty } from "@/components/empty";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { listCheckouts } from "@/server/checkouts";
import { listLogs } from "@/server/uploaded-logs";
import { licenseOfPage, type NumberParams } from "../../license-of-page";
import { CheckoutTable } from "./checkout-table";
import { LogTable } from "./log-table";

export const metadata: Metadata = { title: "Signed definitions" };

/** What was issued for sites without a network, and the logs that came back from them. */
export default async function OfflinePage({ params }: NumberParams) {
  const { who, license, now } = await licenseOfPage({ params }, "checkouts.read");
  const { number } = license;
  const path = `/licenses/${number}/deployments`;
  const [checkouts, logs] = await Promise.all([listCheckouts(number, now), listLogs(number)]);
  return (
    <>
      <Section
        title="Signed definitions"
        id="signed-definitions"
        hint={
          <>
            These files let sites work without a network. <TextLink href={path}>All deployments</TextLink>
          </>
        }
        actions={<ActionLink href={`${path}/offline/new`}>Download signed definition</ActionLink>}
      >
        {checkouts.length > 0 ? (
          <CheckoutTable license={license} checkouts={checkouts} who={who} now={now} />
        ) : (
          <Empty title="No signed definitions yet. Download one for a site that can't reach this server." />
        )}
      </Section>
      <Section
        title="Offline logs"
        id="offline-logs"
        hint="A site without a network logs its users and minutes. Upload its logs here, then take the reply back to the site."
        actions={<ActionLink href={`${path}/offline/upload`}>Upload logs</ActionLink>}
      >
        {logs.length > 0 ? (
          <LogTable number={number} logs={logs} who={who} now={now} />
        ) : (
          <Empty title="No logs yet. Upload the logs of a site that works from a signed definition." />
        )}
      </Section>
    </>
  );
}
