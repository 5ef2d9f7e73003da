import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { pageAt } from "@/app/(console)/_list/paging";
import { UnknownFilters } from "@/app/(console)/_list/unknown-filters";
import { unknownIn } from "@/app/(console)/_list/unknown-in";
import { PageHead } from "@/components/shell/page-head";
import { ActionLink } from "@/components/ui/action-link";
import { Empty } from "@/components/ui/empty";
import { FilterLinks } from "@/components/ui/filter-links";
import { ListBar } from "@/components/ui/list-bar";
import { TextLink } from "@/components/ui/text-link";
import { ALERT_STATES, type AlertState } from "@/domain/alerts/alert";
import { formatLicenseNumber, parseLicenseNumber } from "@/domain/licenses/license-number";
import { whyNot } from "@/domain/roles";
import { countAlerts, listAlerts } from "@/server/alerts/alerts";
import { allowedTo } from "@/server/identity/session";
import { AlertTable } from "./alert-table";
import styles from "./alerts.module.css";
import { alertSearch, loadAlertParams } from "./search-params";

export const metadata: Metadata = { title: "Alerts" };

const PAGE = 50;
const NAMES: Record<AlertState, string> = {
  fired: "Open",
  acknowledged: "Acknowledged",
  resolved: "Resolved",
};
const NONE: Record<AlertState, string> = {
  fired: "No open alerts.",
  acknowledged: "No acknowledged alerts.",
  resolved: "No resolved alerts.",
};

export default async function AlertsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("alerts.read");
  const address = await searchParams;
  const asked = loadAlertParams(address);
  const license = parseLicenseNumber(asked.license ?? "") ?? undefined;
  const unknown = unknownIn(address, asked, ["state"]) + Number(Boolean(asked.license) && !license);
  const [counts, page] = await Promise.all([
    countAlerts(who, { license, worst: true }),
    pageAt(asked.cursor, (cursor) =>
      listAlerts(who, { state: asked.state, license, worst: true, limit: PAGE, cursor }),
    ),
  ]);
  const links = ALERT_STATES.map((state) => ({
    name: NAMES[state],
    href: alertSearch("/alerts", { ...asked, state, cursor: null }),
    count: counts[state],
    isCurrent: state === asked.state,
  }));
  return (
    <>
      <PageHead title="Alerts">
        <ActionLink href="/alerts/rules">Rules</ActionLink>
      </PageHead>
      <p className={styles.lead}>
        {license ? (
          <>
            Alerts of license {formatLicenseNumber(license)}. <TextLink href="/alerts">Show all</TextLink>
          </>
        ) : (
          <>
            Each rule fires once for each crossing and month. Choose how often you get e-mails in{" "}
            <TextLink href="/account#notifications">your account</TextLink>.
          </>
        )}
      </p>
      <ListBar>
        <FilterLinks label="State" links={links} />
      </ListBar>
      <UnknownFilters filters={unknown} />
      {page.items.length > 0 ? (
        <AlertTable {...{ page, asked }} why={whyNot(who, "alerts.write")} now={new Date()} />
      ) : (
        <Empty title={NONE[asked.state]}>
          <p>
            Alerts appear when a license crosses one of its <TextLink href="/alerts/rules">rules</TextLink>.
          </p>
        </Empty>
      )}
    </>
  );
}
