import type { Metadata } from "next";
import { UpdatedAt } from "@/app/(console)/_lib/updated-at";
import { ListFilters } from "@/app/(console)/_list/list-filters";
import { ListViews } from "@/app/(console)/_list/list-views";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { hasNoItems, pageAt } from "@/app/(console)/_list/paging";
import { UnknownFilters } from "@/app/(console)/_list/unknown-filters";
import { EmptyInstallation } from "@/app/(console)/sample/empty-installation";
import { PageHead } from "@/components/shell/page-head";
import { count, counted } from "@/components/text/numbers";
import { CONDITION_NAMES } from "@/components/text/status-labels";
import { ActionLink } from "@/components/ui/action-link";
import { ListBar } from "@/components/ui/list-bar";
import { NewLink } from "@/components/ui/new-link";
import { NoMatch } from "@/components/ui/no-match";
import { Pager } from "@/components/ui/pager";
import { LICENSE_CONDITIONS } from "@/domain/licenses/license-condition";
import { whyNot, whyOnlySeen } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { savedViews } from "@/server/identity/saved-views";
import { allowedTo } from "@/server/identity/session";
import { customerChoices } from "@/server/licenses/customers";
import { productChoices } from "@/server/licenses/license-list";
import { licenseBoard } from "@/server/overview/license-board";
import { readRecent } from "@/server/store/read-scope";
import { fieldsOf } from "./filter-fields";
import { LicenseColumns } from "./license-columns";
import { columnChoices, LicenseTable } from "./license-table";
import { LICENSE_ORDERS, sortsOf } from "./list-sorts";
import styles from "./page.module.css";
import { filterOf, listHref, narrowing, readParams, type SearchParams } from "./search-params";

export const metadata: Metadata = { title: "Licenses" };

const PAGE = 50;
const PATH = "/licenses";
const VIEWS = [
  { id: "all", name: "All", search: "" },
  ...LICENSE_CONDITIONS.map((id) => ({ id, name: CONDITION_NAMES[id], search: `view=${id}` })),
  { id: "ending", name: "Ending in 60 days", search: "ends=60&sort=ends" },
];

export default async function LicensesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("licenses.read");
  const address = await searchParams;
  const [products, customers, saved] = await Promise.all([
    productChoices(who),
    customerChoices(who),
    savedViews(who.id, "licenses"),
  ]);
  const { params, cursor, unknown } = readParams(address, { products, customers });
  const now = new Date();
  const filter = filterOf(params, now);
  const { value, asOf } = await readRecent(
    () => pageAt(cursor, (from) => licenseBoard(who, { ...filter, limit: PAGE, cursor: from }, now)),
    hasNoItems,
  );
  const { items, total, ...page } = value;
  const narrowed = narrowing(params);
  const order = LICENSE_ORDERS.words[params.sort];
  return (
    <>
      <PageHead title="Licenses">
        <div className={styles.actions}>
          <LicenseColumns columns={columnChoices(now)} shown={params.cols} />
          <ActionLink href={listHref(`${PATH}/export`, params)} isFile>
            Export CSV
          </ActionLink>
          <NewLink href={`${PATH}/new`} why={whyNot(who, "licenses.write")}>
            New license
          </NewLink>
        </div>
      </PageHead>
      <ListBar>
        <ListViews list="licenses" path={PATH} builtIn={VIEWS} saved={saved} why={whyOnlySeen(who)} />
        <ListFilters
          path={PATH}
          label="Find a license"
          hint="Number, customer, key label or notes"
          search={params.q}
          fields={fieldsOf(params, { products, customers })}
        />
      </ListBar>
      <UnknownFilters filters={unknown} />
      {items.length > 0 ? (
        <LicenseTable
          caption={`Licenses, ${order}`}
          rows={items}
          now={now}
          shown={params.cols}
          sorts={sortsOf(PATH, params)}
          foot={
            <>
              <span role="status">
                {count(items.length)} of {counted(total, "license")}, {order}
              </span>
              <UpdatedAt at={now} asOf={asOf} />
              <Pager
                {...cursorsFrom(cursor, page.cursor, (to) => listHref(PATH, params, { cursor: to }))}
                previousName="Previous licenses"
                nextName="Next licenses"
              />
            </>
          }
        />
      ) : (
        <NothingThere search={params.q} filters={narrowed} who={who} />
      )}
    </>
  );
}

function NothingThere({ search, filters, who }: { search: string; filters: number; who: Principal }) {
  if (filters === 0) return <EmptyInstallation who={who} />;
  return <NoMatch none="No licenses" {...{ filters, search }} list={PATH} />;
}
