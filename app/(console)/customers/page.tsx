import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { ListFilters } from "@/app/(console)/_list/list-filters";
import { orderField } from "@/app/(console)/_list/order-field";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { pageAt } from "@/app/(console)/_list/paging";
import { UnknownFilters } from "@/app/(console)/_list/unknown-filters";
import { unknownIn } from "@/app/(console)/_list/unknown-in";
import { PageHead } from "@/components/shell/page-head";
import { count, counted } from "@/components/text/numbers";
import { ActionLink } from "@/components/ui/action-link";
import { Empty } from "@/components/ui/empty";
import { ListBar } from "@/components/ui/list-bar";
import { NewLink } from "@/components/ui/new-link";
import { NoMatch } from "@/components/ui/no-match";
import { Pager } from "@/components/ui/pager";
import { whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/identity/session";
import { customerBoard } from "@/server/overview/customer-board";
import { CUSTOMER_ORDERS } from "./customer-order";
import { CustomerTable } from "./customer-table";
import styles from "./customers.module.css";
import { type CustomerParams, customerSearch, filterOf, loadCustomers } from "./search-params";

export const metadata: Metadata = { title: "Customers" };

const PAGE = 50;
const PATH = "/customers";

export default async function CustomersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("customers.read");
  const address = await searchParams;
  const asked = await loadCustomers(address);
  const filter = filterOf(asked);
  const page = await pageAt(asked.cursor, (cursor) =>
    customerBoard(who, { ...filter, limit: PAGE, cursor }, new Date()),
  );
  const hrefOf = (change: Partial<CustomerParams>) => customerSearch(PATH, { ...asked, ...change });
  return (
    <>
      <PageHead title="Customers">
        <div className={styles.actions}>
          <ActionLink href={customerSearch(`${PATH}/export`, { ...asked, cursor: null })} isFile>
            Export CSV
          </ActionLink>
          <NewLink href="/customers/new" why={whyNot(who, "customers.write")}>
            New customer
          </NewLink>
        </div>
      </PageHead>
      <ListBar>
        <ListFilters
          path={PATH}
          label="Find a customer"
          hint="Part of the name"
          search={filter.query ?? ""}
          fields={[orderField(asked.sort, CUSTOMER_ORDERS)]}
        />
      </ListBar>
      <UnknownFilters filters={unknownIn(address, asked, ["sort"])} />
      {page.items.length > 0 ? (
        <CustomerTable
          rows={page.items}
          sort={asked.sort}
          hrefOf={(sort) => hrefOf({ sort, cursor: null })}
          foot={
            <>
              <span role="status">
                {count(page.items.length)} of {counted(page.total, "customer")},{" "}
                {CUSTOMER_ORDERS.words[asked.sort]}
              </span>
              <Pager
                {...cursorsFrom(asked.cursor, page.cursor, (cursor) => hrefOf({ cursor }))}
                previousName="Previous customers"
                nextName="Next customers"
              />
            </>
          }
        />
      ) : (
        <NoCustomer search={filter.query} />
      )}
    </>
  );
}

function NoCustomer({ search }: { search?: string }) {
  if (!search) return <Empty title="No customers yet." />;
  return <NoMatch none="No customers" filters={1} search={search} list={PATH} />;
}
