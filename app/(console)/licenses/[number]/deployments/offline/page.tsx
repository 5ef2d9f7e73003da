import type { Metadata } from "next";
import { createLoader, createSerializer, parseAsString, type SearchParams } from "nuqs/server";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { pageAt } from "@/app/(console)/_list/paging";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { ActionLink } from "@/components/ui/action-link";
import { Empty } from "@/components/ui/empty";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { checkoutCounts, listCheckouts } from "@/server/checkouts/checkouts";
import { countLogs, listLogs } from "@/server/offline/uploaded-logs";
import { CheckoutTable } from "./checkout-table";
import { LogTable } from "./log-table";

export const metadata: Metadata = { title: "Signed definitions" };

const PAGE = 50;
/** The pages gone through, of the definitions and of the logs. */
const CURSORS = { cursor: parseAsString, logs: parseAsString };
const loadCursors = createLoader(CURSORS);
const withCursors = createSerializer(CURSORS);

type Props = NumberParams & { searchParams: Promise<SearchParams> };

/** Signed definitions issued for deployments without a network, and the logs uploaded from them. */
export default async function OfflinePage({ params, searchParams }: Props) {
  const { who, license, now } = await licenseOfPage({ params }, "checkouts.read");
  const { number } = license;
  const path = `/licenses/${number}/deployments`;
  const cursors = await loadCursors(searchParams);
  const hrefOf = (trail: Partial<typeof cursors>) => withCursors(`${path}/offline`, { ...cursors, ...trail });
  const [page, counts, logs, allLogs] = await Promise.all([
    pageAt(cursors.cursor, (cursor) => listCheckouts(number, { limit: PAGE, cursor }, now)),
    checkoutCounts(number, now),
    pageAt(cursors.logs, (cursor) => listLogs(number, { limit: PAGE, cursor })),
    countLogs(number),
  ]);
  return (
    <>
      <Section
        title="Signed definitions"
        id="signed-definitions"
        hint={
          <>
            These files let deployments work without a network.{" "}
            <TextLink href={path}>All deployments</TextLink>
          </>
        }
        actions={<ActionLink href={`${path}/offline/new`}>Download signed definition</ActionLink>}
      >
        {page.items.length > 0 ? (
          <CheckoutTable
            license={license}
            page={page}
            counts={counts}
            cursors={cursorsFrom(cursors.cursor, page.cursor, (cursor) => hrefOf({ cursor }))}
            who={who}
            now={now}
          />
        ) : (
          <Empty title="No signed definitions yet. Download one for a deployment that can't reach this server." />
        )}
      </Section>
      <Section
        title="Offline logs"
        id="offline-logs"
        hint="A deployment without a network logs its users and minutes. Upload its logs here, then take the reply back to the deployment."
        actions={<ActionLink href={`${path}/offline/upload`}>Upload logs</ActionLink>}
      >
        {logs.items.length > 0 ? (
          <LogTable
            number={number}
            logs={logs.items}
            all={allLogs}
            cursors={cursorsFrom(cursors.logs, logs.cursor, (trail) => hrefOf({ logs: trail }))}
            who={who}
            now={now}
          />
        ) : (
          <Empty title="No logs yet. Upload the logs of a deployment that works from a signed definition." />
        )}
      </Section>
    </>
  );
}
