import type { Metadata } from "next";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page-head";
import { SearchForm } from "@/components/search-form";
import { TextLink } from "@/components/text-link";
import { listLicenses } from "@/server/license-list";
import { poolsByLicense } from "@/server/license-pools";
import { allowedTo } from "@/server/session";
import { firstPageOnBadCursor } from "../paging";
import { LicenseTable } from "./license-table";
import { licenseSearch, type SearchParams } from "./search-params";

export const metadata: Metadata = { title: "Licenses" };

const PAGE = 50;

export default async function LicensesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("licenses.read");
  const { q, cursor } = licenseSearch(await searchParams);
  const now = new Date();
  const page = await firstPageOnBadCursor(cursor, (from) =>
    listLicenses(who, { query: q, limit: PAGE, cursor: from }, now),
  );
  const pools = await poolsByLicense(
    page.items.map(({ number }) => number),
    now,
  );
  const rows = page.items.map((license) => ({ ...license, pools: pools.get(license.number) ?? [] }));
  return (
    <>
      <PageHead title="Licenses">
        <SearchForm action="/licenses" label="Find a license" hint="Number, customer or product" value={q} />
      </PageHead>
      {rows.length > 0 ? (
        <LicenseTable rows={rows} now={now} older={olderHref(q, page.cursor)} isFirst={!cursor} search={q} />
      ) : (
        <NoLicense search={q} />
      )}
    </>
  );
}

function NoLicense({ search }: { search: string }) {
  if (search)
    return (
      <Empty title={`No license matches “${search}”.`}>
        <TextLink href="/licenses">Show all licenses</TextLink>
      </Empty>
    );
  return (
    <Empty title="No license yet.">
      <p>
        A license says what a customer bought. Create the first one over the management API with{" "}
        <code>POST /api/v1/admin/licenses</code>, or stop the server and look around in sample data with{" "}
        <code>npm run sample</code>.
      </p>
    </Empty>
  );
}

function olderHref(q: string, cursor: string | null): string | null {
  if (!cursor) return null;
  return `/licenses?${new URLSearchParams({ ...(q ? { q } : {}), cursor })}`;
}
