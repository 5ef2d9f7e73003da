import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page-head";
import { whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/session";
import { listTokens } from "@/server/tokens";
import { firstPageOnBadCursor } from "../paging";
import { MakeLink } from "./make-link";
import { loadTokenParams } from "./search-params";
import { TokenTable } from "./token-table";
import styles from "./tokens.module.css";

export const metadata: Metadata = { title: "API tokens" };

const PAGE = 50;

export default async function TokensPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const who = await allowedTo("tokens.read");
  const { cursor } = await loadTokenParams(searchParams);
  const page = await firstPageOnBadCursor(cursor ?? undefined, (from) =>
    listTokens(who, { limit: PAGE, cursor: from }),
  );
  const why = whyNot(who, "tokens.write");
  return (
    <>
      <PageHead title="API tokens">
        <MakeLink why={why} />
      </PageHead>
      <p className={styles.lead}>
        Programs call the management API with a token. {whose(who.role)} The text of a token is shown once,
        when it is made.
      </p>
      {page.items.length > 0 ? (
        <TokenTable who={who} tokens={page.items} next={page.cursor} isFirst={!cursor} now={new Date()} />
      ) : (
        <Empty title="No token yet.">
          <p>Make one for each program, with no more rights than it needs.</p>
        </Empty>
      )}
    </>
  );
}

function whose(role: string): string {
  return role === "owner" || role === "auditor" ? "Here are those of everybody." : "Here are yours.";
}
