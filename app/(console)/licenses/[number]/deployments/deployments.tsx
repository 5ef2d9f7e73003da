"use client";

import type { ReactNode } from "react";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { UnknownFilters } from "@/app/(console)/_list/unknown-filters";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { counted } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { Empty } from "@/components/ui/empty";
import { ListBar } from "@/components/ui/list-bar";
import { NoMatch } from "@/components/ui/no-match";
import { Pager } from "@/components/ui/pager";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { secondsText } from "@/domain/dates/date-style";
import { zoneName } from "@/domain/dates/zone";
import type { SavedView } from "@/server/identity/saved-views";
import { shownColumns } from "./deployment-columns";
import { DeploymentFilters } from "./deployment-filters";
import { DeploymentTableRow } from "./deployment-row";
import styles from "./deployments.module.css";
import type { DeploymentPage } from "./listed-deployments";
import { type DeploymentParams, deploymentSearch } from "./search-params";
import { useDeployments } from "./use-deployments";

type Props = {
  number: string;
  asked: DeploymentParams;
  first: DeploymentPage;
  /** Why the reader can't change anything; null if they can. */
  why: string | null;
  saved: readonly SavedView[];
  /** Why the reader can't save a view; null if they can. */
  whyNotSave: string | null;
  actions: ReactNode;
  /** The day that deployments were seen before, as its field shows it. */
  before: string;
  /** How many filters in the URL are unknown and were ignored. */
  unknown: number;
};

/** The deployments of a license, refreshed as they call. */
export function Deployments({ number, asked, first, why, actions, unknown, ...views }: Props) {
  const dates = useDateStyle();
  const path = `/licenses/${number}/deployments`;
  const hrefOf = (change: Partial<DeploymentParams>) => deploymentSearch(path, { ...asked, ...change });
  const page = useDeployments(number, deploymentSearch("", { ...asked, open: null, origin: null }), first);
  const columns = shownColumns(asked, page.month, (sort) => hrefOf({ sort, cursor: null }));
  const filters = [asked.q, asked.state, asked.product, asked.key, asked.before].filter(Boolean).length;
  return (
    <>
      <ListBar actions={actions}>
        <DeploymentFilters {...{ path, asked, page }} {...views} />
      </ListBar>
      <div className={styles.list}>
        <UnknownFilters filters={unknown} />
        {asked.month ? (
          <p className={styles.month}>
            Shares are for {monthText(asked.month)}.{" "}
            <TextLink href={hrefOf({ month: null, cursor: null })}>Show this month</TextLink>
          </p>
        ) : null}
        {page.rows.length === 0 ? (
          <NoDeployments filters={filters} list={path} />
        ) : (
          <Table
            caption="Deployments"
            columns={columns}
            foot={
              <>
                <span>
                  {counted(page.rows.length, "deployment")} on this page, as of{" "}
                  {secondsText(new Date(page.at), dates)} {zoneName(dates.zone)}
                </span>
                <Pager
                  {...cursorsFrom(asked.cursor, page.cursor, (cursor) => hrefOf({ cursor, open: null }))}
                  previousName="Previous deployments"
                  nextName="Next deployments"
                />
              </>
            }
          >
            {page.rows.map((row) => (
              <DeploymentTableRow
                key={row.source}
                {...{ number, row, columns, why }}
                at={new Date(page.at)}
                isOpen={asked.open === row.source}
                href={hrefOf({ open: row.source })}
              />
            ))}
          </Table>
        )}
      </div>
    </>
  );
}

/** An empty page, because of its `filters` or because the entries after the cursor are gone. */
function NoDeployments({ filters, list }: { filters: number; list: string }) {
  if (filters === 0)
    return (
      <Empty title="No more deployments.">
        <TextLink href={list}>Show all deployments</TextLink>
      </Empty>
    );
  return <NoMatch none="No deployments" filters={filters} list={list} />;
}
