import { counted } from "@/components/numbers";
import { Seal } from "@/components/seal";
import { StateBadge } from "@/components/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/table";
import { dayInWords, When } from "@/components/when";
import { leaseEnd } from "@/domain/lease";
import { sealStatus } from "@/domain/license-state";
import { whyNot } from "@/domain/roles";
import { actorNames } from "@/server/actor-names";
import type { Principal } from "@/server/gate";
import type { LicenseKey } from "@/server/license-keys";
import type { License } from "@/server/licenses";
import { KeyActions } from "./key-actions";
import styles from "./key-table.module.css";

type Parts = { license: License; keys: LicenseKey[]; who: Principal; now: Date };

const LABEL: Column = { name: "Label", width: "15%" };
const ID: Column = { name: "Id (jti)", width: "104px" };
const KID: Column = { name: "Signed with", width: "108px", priority: 3 };
const ISSUED: Column = { name: "Issued", width: "158px", priority: 3 };
const USED: Column = { name: "Last used", width: "112px" };
const SITES: Column = { name: "Deployments", width: "112px", end: true, priority: 3 };
const STATUS: Column = { name: "Status" };
const ACTIONS: Column = { name: "Actions", width: "196px" };

/** The keys of a license, the newest first, with what one can do to each. */
export async function KeyTable({ license, keys, who, now }: Parts) {
  const nameOf = await actorNames(keys.flatMap(({ issuedBy }) => issuedBy ?? []));
  return (
    <Table
      caption="Keys, the newest first"
      columns={[LABEL, ID, KID, ISSUED, USED, SITES, STATUS, ACTIONS]}
      foot={<span>{counted(keys.length, "key")}, the newest first</span>}
    >
      {keys.map((key) => (
        <KeyRow key={key.jti} of={key} by={key.issuedBy && nameOf(key.issuedBy)} {...{ license, who, now }} />
      ))}
    </Table>
  );
}

type RowParts = { of: LicenseKey; by: string | null } & Omit<Parts, "keys">;

function KeyRow({ of: key, by, license, who, now }: RowParts) {
  const { jti, kid, label, issued, lastUsed, deployments } = key;
  const stopped = whyStopped(key);
  return (
    <tr>
      <RowName>
        {label ? <span title={label}>{label}</span> : <span className={styles.none}>no label</span>}
      </RowName>
      <Cell of={ID}>
        <Id of={jti} />
      </Cell>
      <Cell of={KID}>
        <Id of={kid} />
      </Cell>
      <Cell of={ISSUED}>
        <span className={styles.lines}>
          <When at={issued} now={now} />
          {by ? <span className={styles.by}>{by}</span> : null}
        </span>
      </Cell>
      <Cell of={USED}>{lastUsed ? <When at={lastUsed} now={now} /> : "never"}</Cell>
      <Cell of={SITES}>{deployments}</Cell>
      <Cell of={STATUS}>
        <Status of={key} />
      </Cell>
      <Cell of={ACTIONS}>
        <KeyActions
          jti={jti}
          name={label || jti.slice(0, 8)}
          number={license.number}
          seal={<LicenseSeal of={license} />}
          effects={effectsOf(key, license)}
          whyNotReveal={stopped ?? whyNot(who, "keys.reveal")}
          whyNotRevoke={stopped ?? whyNot(who, "keys.revoke")}
        />
      </Cell>
    </tr>
  );
}

function Id({ of: id }: { of: string }) {
  return <code title={id}>{id.slice(0, 8)}…</code>;
}

function Status({ of: { revoked, revokedReason, withdrawn } }: { of: LicenseKey }) {
  if (revoked)
    return (
      <span className={styles.lines} title={revokedReason ?? undefined}>
        <StateBadge state="revoked">{`Revoked ${dayInWords(revoked)}`}</StateBadge>
        {revokedReason ? <span className={styles.by}>{revokedReason}</span> : null}
      </span>
    );
  return withdrawn ? <StateBadge state="revoked">Withdrawn</StateBadge> : "In use";
}

function LicenseSeal({ of: { number, status, standing, trial } }: { of: License }) {
  return <Seal number={number} status={sealStatus(status, standing, trial)} size={72} />;
}

/** Why a key works no more; null while it does. */
function whyStopped({ revoked, withdrawn }: LicenseKey): string | null {
  if (revoked) return `This key was revoked on ${dayInWords(revoked)}.`;
  return withdrawn ? "Its signing key was withdrawn, so it proves nothing any more." : null;
}

/** What a revocation does, by those who use the key now. */
function effectsOf({ deployments, lastUsed }: LicenseKey, { settings, definition }: License): string[] {
  if (!lastUsed) return ["No deployment uses this key yet. It will never work."];
  const stop = `${counted(deployments, "deployment")} ${deployments === 1 ? "stops" : "stop"}`;
  const until = dayInWords(leaseEnd(definition.valid, lastUsed, settings));
  return [
    `${stop} at the next contact, within 24 hours for those that reach this server.`,
    `One that does not reach it goes on with its signed definition until ${until} at most.`,
  ];
}
