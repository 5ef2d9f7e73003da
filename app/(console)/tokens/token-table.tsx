import { dateStyle } from "@/app/(console)/_lib/date-style";
import { columnSort } from "@/app/(console)/_list/column-sort";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { count, counted } from "@/components/text/numbers";
import { ROLE_LABELS } from "@/components/text/role-labels";
import { Day, When } from "@/components/text/when";
import { Pager } from "@/components/ui/pager";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { type DateStyle, dayText } from "@/domain/dates/date-style";
import { whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import type { TokenSummary } from "@/server/identity/tokens";
import { customerChoices } from "@/server/licenses/customers";
import { RevokeToken } from "./revoke-token";
import { type TokenParams, tokenSearch } from "./search-params";
import { TOKEN_ORDERS } from "./token-fields";
import { makerNames, reachOf } from "./token-labels";
import styles from "./tokens.module.css";

type Props = {
  who: Principal;
  page: { items: TokenSummary[]; cursor: string | null; total: number };
  asked: TokenParams;
  now: Date;
};

const BY_AGE = { previousName: "Newer tokens", nextName: "Older tokens" };
const BY_POSITION = { previousName: "Previous tokens", nextName: "Next tokens" };
const NAME: Column = { name: "Name", width: "26%" };
const ROLE: Column = { name: "Role", width: "132px" };
const SCOPE: Column = { name: "Access", priority: 3 };
const MADE: Column = { name: "Created", width: "116px", priority: 3 };
const USED: Column = { name: "Last used", width: "116px" };
const ENDS: Column = { name: "Expires", width: "152px" };
const ACTIONS: Column = { name: "Actions", width: "108px" };

/** Tokens and their creators. */
export async function TokenTable({ who, page, asked, now }: Props) {
  const { items: tokens, total } = page;
  const [nameOf, choices] = await Promise.all([makerNames(tokens), customerChoices(who)]);
  const customers = new Map(choices.map(({ id, name }) => [id, name]));
  const order = TOKEN_ORDERS.words[asked.sort];
  const hrefOf = (change: Partial<TokenParams>) => tokenSearch("/tokens", { ...asked, ...change });
  const sorted = (column: Column, first: TokenParams["sort"]) => ({
    ...column,
    sort: columnSort(asked.sort, first, (sort) => hrefOf({ sort, cursor: null })),
  });
  return (
    <Table
      caption={`API tokens, ${order}`}
      columns={[
        sorted(NAME, "name"),
        ROLE,
        SCOPE,
        sorted(MADE, "-created"),
        sorted(USED, "-used"),
        sorted(ENDS, "ends"),
        ACTIONS,
      ]}
      foot={
        <>
          <span role="status">
            {count(tokens.length)} of {counted(total, "token")}, {order}
          </span>
          <Pager
            {...cursorsFrom(asked.cursor, page.cursor, (cursor) => hrefOf({ cursor }))}
            {...(asked.sort === "-created" ? BY_AGE : BY_POSITION)}
          />
        </>
      }
    >
      {tokens.map((token) => (
        <TokenRow
          key={token.id}
          of={token}
          by={nameOf(token)}
          reach={reachOf(token, customers)}
          why={whyNot(who, "tokens.write")}
          now={now}
        />
      ))}
    </Table>
  );
}

type RowProps = { of: TokenSummary; by: string; reach: string; why: string | null; now: Date };

async function TokenRow({ of: token, by, reach, why, now }: RowProps) {
  const { id, name, role, created, lastUsed } = token;
  return (
    <tr>
      <RowName>
        <span className={styles.lines}>
          <span className={styles.name} title={name}>
            {name}
          </span>
          <span className={styles.by} title={by}>
            by {by}
          </span>
        </span>
      </RowName>
      <Cell of={ROLE}>{ROLE_LABELS[role].name}</Cell>
      <Cell of={SCOPE}>
        <span title={reach}>{reach}</span>
      </Cell>
      <Cell of={MADE}>
        <When at={created} now={now} />
      </Cell>
      <Cell of={USED}>{lastUsed ? <When at={lastUsed} now={now} /> : "never"}</Cell>
      <Cell of={ENDS}>
        <End of={token} now={now} />
      </Cell>
      <Cell of={ACTIONS}>
        <RevokeToken id={id} name={name} why={why ?? whyOver(token, await dateStyle())} />
      </Cell>
    </tr>
  );
}

function End({ of: { revoked, expires }, now }: { of: TokenSummary; now: Date }) {
  if (revoked) return <StateBadge state="revoked">Revoked</StateBadge>;
  if (!expires) return "no end date";
  return expires <= now ? <StateBadge state="expired">Expired</StateBadge> : <Day at={expires} />;
}

function whyOver({ revoked }: TokenSummary, dates: DateStyle): string | null {
  return revoked ? `It was revoked on ${dayText(revoked, dates)}.` : null;
}
