import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { ListFilters } from "@/app/(console)/_list/list-filters";
import { pageAt } from "@/app/(console)/_list/paging";
import { UnknownFilters } from "@/app/(console)/_list/unknown-filters";
import { unknownIn } from "@/app/(console)/_list/unknown-in";
import { PageHead } from "@/components/shell/page-head";
import { ActionLink } from "@/components/ui/action-link";
import { Empty } from "@/components/ui/empty";
import { ListBar } from "@/components/ui/list-bar";
import { NewLink } from "@/components/ui/new-link";
import { NoMatch } from "@/components/ui/no-match";
import { whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/identity/session";
import { tokenBoard } from "@/server/identity/token-list";
import { filterOf, loadTokenParams, narrowing, tokenSearch } from "./search-params";
import { fieldsOf } from "./token-fields";
import { TokenTable } from "./token-table";
import styles from "./tokens.module.css";

export const metadata: Metadata = { title: "API tokens" };

const PAGE = 50;
const PATH = "/tokens";

export default async function TokensPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("tokens.read");
  const address = await searchParams;
  const asked = await loadTokenParams(address);
  const filter = filterOf(asked);
  const now = new Date();
  const page = await pageAt(asked.cursor, (cursor) =>
    tokenBoard(who, { ...filter, limit: PAGE, cursor }, now),
  );
  const why = whyNot(who, "tokens.write");
  return (
    <>
      <PageHead title="API tokens">
        <span className={styles.actions}>
          <ActionLink href={tokenSearch(`${PATH}/export`, { ...asked, cursor: null })} isFile>
            Export CSV
          </ActionLink>
          <NewLink href="/tokens/new" why={why}>
            Create token
          </NewLink>
        </span>
      </PageHead>
      <p className={styles.lead}>
        Programs use tokens to call the management API. {whose(who.role)} A token's text is shown once, when
        the token is created.
      </p>
      <ListBar>
        <ListFilters
          path={PATH}
          label="Find a token"
          hint="Part of the name"
          search={filter.query ?? ""}
          fields={fieldsOf(asked)}
        />
      </ListBar>
      <UnknownFilters filters={unknownIn(address, asked, ["role", "state", "sort"])} />
      {page.items.length > 0 ? (
        <TokenTable {...{ who, page, asked, now }} />
      ) : (
        <NoToken filters={narrowing(asked)} search={asked.q.trim()} />
      )}
    </>
  );
}

function NoToken({ filters, search }: { filters: number; search: string }) {
  if (filters > 0) return <NoMatch none="No tokens" {...{ filters, search }} list={PATH} />;
  return (
    <Empty title="No tokens yet.">
      <p>Create one for each program, with no more rights than it needs.</p>
    </Empty>
  );
}

function whose(role: string): string {
  return role === "owner" || role === "auditor"
    ? "This list shows everyone's tokens."
    : "This list shows your tokens.";
}
