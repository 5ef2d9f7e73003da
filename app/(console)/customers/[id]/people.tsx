import { When } from "@/components/text/when";
import { Empty } from "@/components/ui/empty";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { Person } from "@/server/identity/people-list";

const NAME: Column = { name: "Name", width: "30%" };
const EMAIL: Column = { name: "E-mail" };
const FACTOR: Column = { name: "Second factor", width: "16%" };
const SEEN: Column = { name: "Last seen", width: "18%" };

type Props = { people: readonly Person[]; mayInvite: boolean; now: Date };

/** The license admins who can see a customer's licenses. */
export function People({ people, mayInvite, now }: Props) {
  if (people.length === 0)
    return (
      <Empty title="No license admins yet.">
        <p>Owners, issuers and auditors see every customer.</p>
        {mayInvite ? <TextLink href="/people/invite">Invite a license admin</TextLink> : null}
      </Empty>
    );
  return (
    <Table caption="License admins of this customer" columns={[NAME, EMAIL, FACTOR, SEEN]}>
      {people.map(({ id, name, email, secondFactor, lastSeen }) => (
        <tr key={id}>
          <RowName>{name}</RowName>
          <Cell of={EMAIL}>{email}</Cell>
          <Cell of={FACTOR}>{secondFactor ? "On" : "Off"}</Cell>
          <Cell of={SEEN}>{lastSeen ? <When at={lastSeen} now={now} /> : "never"}</Cell>
        </tr>
      ))}
    </Table>
  );
}
