import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { pageAt } from "@/app/(console)/_list/paging";
import styles from "@/app/(console)/directories/directories.module.css";
import { PageHead } from "@/components/shell/page-head";
import { Empty } from "@/components/ui/empty";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import { customerChoices } from "@/server/licenses/customers";
import { listEffects } from "@/server/scim/effects";
import { listRequests } from "@/server/scim/requests";
import { env } from "@/server/store/env";
import { DirectoryActions } from "./directory-actions";
import { DirectoryFacts } from "./directory-facts";
import { type DirectoryParams, directoryOfPage } from "./directory-of-page";
import { MappingTable } from "./mapping-table";
import { ReportTable } from "./report-table";
import { RequestTable } from "./request-table";
import { directorySearch, loadDirectoryParams } from "./search-params";

const PAGE = 50;
const REQUESTS = 20;

type Props = DirectoryParams & { searchParams: Promise<SearchParams> };

export async function generateMetadata(props: DirectoryParams): Promise<Metadata> {
  return { title: (await directoryOfPage(props)).connection.name };
}

export default async function DirectoryPage({ params, searchParams }: Props) {
  const { who, connection } = await directoryOfPage({ params });
  const { cursor } = await loadDirectoryParams(searchParams);
  const now = new Date();
  const [page, { items: requests }, customers] = await Promise.all([
    pageAt(cursor, (position) => listEffects(connection.id, { limit: PAGE, cursor: position })),
    listRequests(connection.id, { limit: REQUESTS }),
    customerChoices(who),
  ]);
  const cursors = cursorsFrom(cursor, page.cursor, (next) =>
    directorySearch(`/directories/${connection.id}`, { cursor: next }),
  );
  return (
    <>
      <PageHead title={connection.name}>
        <TextLink href="/directories">All directories</TextLink>
      </PageHead>
      <div className={styles.page}>
        <DirectoryFacts of={connection} {...{ customers, now }} address={`${env().PUBLIC_URL}/scim/v2`} />
        <DirectoryActions of={connection} why={whyNot(who, "scim.write")} />
      </div>
      <Section title="Groups that get seats" id="groups">
        <MappingTable of={connection} />
      </Section>
      <Section title="Report" id="report" hint={reportHint(connection.report)}>
        {page.items.length > 0 ? (
          <ReportTable effects={page.items} {...{ cursors, now }} />
        ) : (
          <Empty title="Nothing yet.">
            <p>Released and assigned seats appear here, and what couldn't be done.</p>
          </Empty>
        )}
      </Section>
      <Section title="Last requests" id="requests" hint="What the directory sent, newest first.">
        {requests.length > 0 ? (
          <RequestTable {...{ requests, now }} />
        ) : (
          <Empty title="No requests yet.">
            <p>Enter the URL and the token in your directory, and test the connection there.</p>
          </Empty>
        )}
      </Section>
    </>
  );
}

function reportHint(isReport: boolean): string {
  return isReport
    ? "What would be done. Nothing is changed until you turn report mode off."
    : "What was done in the last 30 days.";
}
