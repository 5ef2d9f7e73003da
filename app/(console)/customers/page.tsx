import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Empty } from "@/components/empty";
import { counted } from "@/components/numbers";
import { PageHead } from "@/components/page-head";
import { Pager } from "@/components/pager";
import { SearchForm } from "@/components/search-form";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { whyNot } from "@/domain/roles";
import { customerBoard } from "@/server/customer-board";
import { allowedTo } from "@/server/session";
import { firstPageOnBadCursor } from "../paging";
import { createCustomerByForm } from "./actions";
import { CustomerTable } from "./customer-table";
import { NameForm } from "./name-form";
import { customersHref, loadCustomers } from "./search-params";

export const metadata: Metadata = { title: "Customers" };

const PAGE = 50;

export default async function CustomersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("customers.read");
  const { q, cursor } = await loadCustomers(searchParams);
  const query = q.trim().slice(0, 200);
  const page = await firstPageOnBadCursor(cursor ?? undefined, (from) =>
    customerBoard(who, { query, limit: PAGE, cursor: from }, new Date()),
  );
  return (
    <>
      <PageHead title="Customers">
        <SearchForm action="/customers" label="Find a customer" hint="A part of the name" value={query} />
      </PageHead>
      {page.items.length > 0 ? (
        <CustomerTable
          rows={page.items}
          foot={
            <>
              <span>{counted(page.items.length, "customer")} on this page, by name</span>
              <Pager
                first={cursor ? customersHref(query) : null}
                next={page.cursor && customersHref(query, page.cursor)}
                nextName="More customers"
              />
            </>
          }
        />
      ) : (
        <NoCustomer search={query} />
      )}
      <Section title="New customer" id="new">
        <NameForm why={whyNot(who, "customers.write")} save={createCustomerByForm} />
      </Section>
    </>
  );
}

function NoCustomer({ search }: { search: string }) {
  if (!search) return <Empty title="No customer yet." />;
  return (
    <Empty title={`No customer matches “${search}”.`}>
      <TextLink href="/customers">Show all customers</TextLink>
    </Empty>
  );
}
