import { deploymentSearch } from "@/app/(console)/licenses/[number]/deployments/search-params";
import { count, counted } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { Principal } from "@/server/access/gate";
import { actorNames } from "@/server/audit/actor-names";
import type { LicenseKey } from "@/server/keys/license-keys";
import type { License } from "@/server/licenses/license";
import { KeyRowActions } from "./key-row-actions";
import { KeyStatus } from "./key-status";
import styles from "./key-table.module.css";
import { type KeyParams, keyQuery } from "./search-params";

type Props = { license: License; keys: LicenseKey[]; asked: KeyParams; who: Principal; now: Date };

const LABEL: Column = { name: "Label" };
const ID: Column = { name: "ID (jti)", width: "98px" };
const KID: Column = { name: "Signed with", width: "98px", priority: 3 };
const ISSUED: Column = { name: "Issued", width: "136px", priority: 3 };
const USED: Column = { name: "Last used", width: "104px" };
const SITES: Column = { name: "Deployments", width: "104px", end: true, priority: 3 };
const STATUS: Column = { name: "Status", width: "156px" };
const ACTIONS: Column = { name: "Actions", width: "184px" };

/** The keys of a license, newest first, with their actions; an open key's panel has the details. */
export async function KeyTable({ license, keys, asked, who, now }: Props) {
  const nameOf = await actorNames(keys.flatMap(({ issuedBy }) => issuedBy ?? []));
  return (
    <Table
      caption="Keys, newest first"
      columns={
        asked.open ? [LABEL, ID, USED, SITES, STATUS] : [LABEL, ID, KID, ISSUED, USED, SITES, STATUS, ACTIONS]
      }
      foot={<span>{counted(keys.length, "key")}, each for any number of deployments</span>}
    >
      {keys.map((key) => (
        <KeyRow
          key={key.jti}
          of={key}
          by={key.issuedBy && nameOf(key.issuedBy)}
          {...{ license, asked, who, now }}
        />
      ))}
    </Table>
  );
}

type RowProps = { of: LicenseKey; by: string | null } & Omit<Props, "keys">;

function KeyRow({ of: key, by, license, asked, who, now }: RowProps) {
  const { jti, kid, label, issued, lastUsed } = key;
  const isAlone = asked.open === null;
  const { number } = license;
  return (
    <tr aria-current={jti === asked.open ? "true" : undefined}>
      <RowName>
        <TextLink
          id={`key-${jti}`}
          href={keyQuery(`/licenses/${number}/keys`, { ...asked, open: jti })}
          scroll={false}
        >
          {label ? <span title={label}>{label}</span> : <span className={styles.none}>no label</span>}
        </TextLink>
      </RowName>
      <Cell of={ID}>
        <Id of={jti} />
      </Cell>
      {isAlone ? (
        <>
          <Cell of={KID}>
            <Id of={kid} />
          </Cell>
          <Cell of={ISSUED}>
            <span className={styles.lines}>
              <When at={issued} now={now} />
              {by ? <span className={styles.by}>{by}</span> : null}
            </span>
          </Cell>
        </>
      ) : null}
      <Cell of={USED}>{lastUsed ? <When at={lastUsed} now={now} /> : "never"}</Cell>
      <Cell of={SITES}>
        <Deployments number={number} of={key} />
      </Cell>
      <Cell of={STATUS}>
        <KeyStatus of={key} />
      </Cell>
      {isAlone ? (
        <Cell of={ACTIONS}>
          <KeyRowActions of={key} license={license} who={who} />
        </Cell>
      ) : null}
    </tr>
  );
}

function Id({ of: id }: { of: string }) {
  return <code title={id}>{id.slice(0, 8)}…</code>;
}

function Deployments({ number, of: { jti, deployments } }: { number: string; of: LicenseKey }) {
  if (deployments === 0) return "0";
  return (
    <TextLink href={deploymentSearch(`/licenses/${number}/deployments`, { key: jti })}>
      {count(deployments)}
    </TextLink>
  );
}
