import { count, counted } from "@/components/text/numbers";
import { Day, When } from "@/components/text/when";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import type { SigningKeySummary } from "@/server/keys/signing-key-list";
import { WithdrawKey } from "./key-changes";
import styles from "./signing-keys.module.css";

type Props = { keys: SigningKeySummary[]; why: string | null; now: Date };

const KID: Column = { name: "ID (kid)" };
const STATUS: Column = { name: "Status", width: "200px" };
const LIVE: Column = { name: "Keys in use", width: "112px", end: true };
const MADE: Column = { name: "Created", width: "148px", priority: 3 };
const ENDED: Column = { name: "Signed until", width: "148px", priority: 3 };
const ACTIONS: Column = { name: "Actions", width: "144px" };

/** Every signing key of this installation, with the number of license keys that it signed. */
export function SigningKeyTable({ keys, why, now }: Props) {
  return (
    <Table
      caption="Signing keys, newest first"
      columns={[KID, STATUS, LIVE, MADE, ENDED, ACTIONS]}
      foot={<span>{counted(keys.length, "signing key")}, newest first. RSA, 3,072 bits, RS512.</span>}
    >
      {keys.map((key) => (
        <tr key={key.kid}>
          <RowName>
            <code className={styles.kid} title={key.kid}>
              {key.kid}
            </code>
          </RowName>
          <Cell of={STATUS}>
            <Status of={key} />
          </Cell>
          <Cell of={LIVE}>{count(key.liveKeys)}</Cell>
          <Cell of={MADE}>
            <When at={key.created} now={now} />
          </Cell>
          <Cell of={ENDED}>{key.retired ? <When at={key.retired} now={now} /> : "–"}</Cell>
          <Cell of={ACTIONS}>
            <WithdrawKey kid={key.kid} stops={key.liveKeys} why={why ?? whyNotWithdraw(key)} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

function Status({ of: { status, withdrawn } }: { of: SigningKeySummary }) {
  if (status === "active") return <StateBadge state="within">Active</StateBadge>;
  if (status === "retired") return "Verifies only";
  return <StateBadge state="revoked">Withdrawn {withdrawn ? <Day at={withdrawn} /> : null}</StateBadge>;
}

function whyNotWithdraw({ status }: SigningKeySummary): string | null {
  if (status === "active") return "This is the active signing key. Rotate first, then withdraw it.";
  return status === "withdrawn" ? "It was already withdrawn." : null;
}
