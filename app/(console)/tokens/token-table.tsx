import { counted } from "@/components/numbers";
import { Pager } from "@/components/pager";
import { ROLE_WORDS } from "@/components/role-words";
import { StateBadge } from "@/components/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/table";
import { dayInWords, When } from "@/components/when";
import { formatLicenseNumber } from "@/domain/license-number";
import { whyNot } from "@/domain/roles";
import { actorNames } from "@/server/actor-names";
import { customerChoices } from "@/server/customers";
import type { Principal } from "@/server/gate";
import type { TokenSummary } from "@/server/tokens";
import { RevokeToken } from "./revoke-token";
import { tokenQuery } from "./search-params";
import styles from "./tokens.module.css";

type Parts = { who: Principal; tokens: TokenSummary[]; next: string | null; isFirst: boolean; now: Date };

const NAME: Column = { name: "Name", width: "26%" };
const ROLE: Column = { name: "Role", width: "132px" };
const SCOPE: Column = { name: "Reaches" };
const MADE: Column = { name: "Made", width: "116px", priority: 3 };
const USED: Column = { name: "Last used", width: "116px" };
const ENDS: Column = { name: "Ends", width: "152px" };
const ACTIONS: Column = { name: "Actions", width: "108px" };

/** Tokens, the newest first, with their makers. */
export async function TokenTable({ who, tokens, next, isFirst, now }: Parts) {
  const nameOf = await makerNames(tokens);
  const customers = new Map((await customerChoices(who)).map(({ id, name }) => [id, name]));
  const pager = (
    <Pager
      first={isFirst ? null : "/tokens"}
      next={next && tokenQuery("/tokens", { cursor: next })}
      nextName="Older tokens"
    />
  );
  return (
    <Table
      caption="API tokens, the newest first"
      columns={[NAME, ROLE, SCOPE, MADE, USED, ENDS, ACTIONS]}
      foot={
        <>
          <span>{counted(tokens.length, "token")} on this page, the newest first</span>
          {pager}
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

type RowParts = { of: TokenSummary; by: string; reach: string; why: string | null; now: Date };

function TokenRow({ of: token, by, reach, why, now }: RowParts) {
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
      <Cell of={ROLE}>{ROLE_WORDS[role].name}</Cell>
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
        <RevokeToken id={id} name={name} why={why ?? whyOver(token)} />
      </Cell>
    </tr>
  );
}

function End({ of: { revoked, expires }, now }: { of: TokenSummary; now: Date }) {
  if (revoked) return <StateBadge state="revoked">Revoked</StateBadge>;
  if (!expires) return "no end";
  return expires <= now ? <StateBadge state="expired">Ended</StateBadge> : dayInWords(expires);
}

function whyOver({ revoked }: TokenSummary): string | null {
  return revoked ? `It was revoked on ${dayInWords(revoked)}.` : null;
}

function reachOf({ license, customers }: TokenSummary, names: Map<string, string>): string {
  if (license) return `license ${formatLicenseNumber(license)}`;
  if (customers.length === 0) return "everything";
  return customers.map((id) => names.get(id) ?? "a customer that is gone").join(", ");
}

/** Makers are people, tokens, the environment's token or the command line. */
async function makerNames(tokens: TokenSummary[]): Promise<(token: TokenSummary) => string> {
  const makers = tokens.flatMap(({ createdBy: id }) => [
    { kind: "user" as const, id },
    { kind: "token" as const, id },
  ]);
  const nameOf = await actorNames(makers);
  return ({ createdBy }) => nameOf({ kind: "user", id: createdBy });
}
