import { ROLE_LABELS } from "@/components/text/role-labels";
import { Day, When } from "@/components/text/when";
import { Section } from "@/components/ui/section";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import type { Invitation } from "@/server/identity/invitations";
import { InvitationActions } from "./invitation-actions";
import styles from "./people.module.css";

type Props = {
  invitations: Invitation[];
  customers: { id: string; name: string }[];
  why: string | null;
  now: Date;
};

const EMAIL: Column = { name: "E-mail" };
const ROLE: Column = { name: "Role", width: "132px" };
const SCOPE: Column = { name: "Access", width: "20%", priority: 3 };
const SENT: Column = { name: "Invited", width: "116px", priority: 3 };
const ENDS: Column = { name: "Link expires", width: "140px" };
const ACTIONS: Column = { name: "Actions", width: "224px" };

/**
 * Invitations that haven't been accepted; nothing if there are none. A row stays while the dialog shows its new link.
 */
export function InvitationTable({ invitations, customers, why, now }: Props) {
  if (invitations.length === 0) return null;
  const names = new Map(customers.map(({ id, name }) => [id, name]));
  return (
    <Section
      title="Pending invitations"
      id="invited"
      hint="Each link creates one account and works once. If a link is lost, create a new one."
    >
      <Table caption="Pending invitations" columns={[EMAIL, ROLE, SCOPE, SENT, ENDS, ACTIONS]}>
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.email} of={invitation} {...{ names, why, now }} />
        ))}
      </Table>
    </Section>
  );
}

type RowProps = { of: Invitation; names: Map<string, string>; why: string | null; now: Date };

function InvitationRow({ of: { id, email, role, customers, created, expires }, names, why, now }: RowProps) {
  const reach =
    role === "license-admin"
      ? customers.map((customer) => names.get(customer) ?? "a deleted customer").join(", ")
      : "all customers";
  return (
    <tr>
      <RowName>
        <span title={email}>{email}</span>
      </RowName>
      <Cell of={ROLE}>{ROLE_LABELS[role].name}</Cell>
      <Cell of={SCOPE}>
        <span title={reach}>{reach}</span>
      </Cell>
      <Cell of={SENT}>
        <When at={created} now={now} />
      </Cell>
      <Cell of={ENDS}>
        {expires <= now ? <StateBadge state="expired">Expired</StateBadge> : <Day at={expires} />}
      </Cell>
      <Cell of={ACTIONS}>
        <span className={styles.buttons}>
          <InvitationActions id={id} email={email} why={why} />
        </span>
      </Cell>
    </tr>
  );
}
