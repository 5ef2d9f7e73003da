import type { PageCursors } from "@/app/(console)/_list/page-cursors";
import { count } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import { Pager } from "@/components/ui/pager";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import type { ListedLease } from "@/server/consumption/leases/lease-list";
import { ReleaseButton } from "./reserved-actions";

type Props = {
  number: string;
  leases: ListedLease[];
  /** The names of deployments by source. */
  names: Map<string, string>;
  cursors: PageCursors;
  who: Principal;
  now: Date;
};

const DEPLOYMENT: Column = { name: "Deployment" };
const RESERVED: Column = { name: "Reserved", width: "104px", end: true };
const USED: Column = { name: "Used", width: "96px", end: true, priority: 2 };
const SINCE: Column = { name: "Since", width: "136px", priority: 3 };
const CONTACT: Column = { name: "Last contact", width: "136px", priority: 3 };
const STATUS: Column = { name: "Status", width: "120px", priority: 2 };
const ACTIONS: Column = { name: "Actions", width: "104px" };

/** The reservations of a month by deployment, newest first. */
export function LeaseTable({ number, leases, names, cursors, who, now }: Props) {
  return (
    <Table
      caption="Reservations, newest first"
      columns={[DEPLOYMENT, RESERVED, USED, SINCE, CONTACT, STATUS, ACTIONS]}
      foot={<Pager {...cursors} previousName="Later" nextName="Earlier" />}
    >
      {leases.map((lease) => {
        const name = names.get(lease.source) ?? lease.source;
        return (
          <tr key={lease.lease}>
            <RowName>
              <bdi title={lease.source}>{name}</bdi>
            </RowName>
            <Cell of={RESERVED}>{count(lease.reserved)}</Cell>
            <Cell of={USED}>{count(lease.booked)}</Cell>
            <Cell of={SINCE}>
              <When at={lease.since} now={now} />
            </Cell>
            <Cell of={CONTACT}>
              <When at={lease.lastContact} now={now} />
            </Cell>
            <Cell of={STATUS}>
              <Status of={lease} />
            </Cell>
            <Cell of={ACTIONS}>
              <ReleaseButton
                number={number}
                lease={lease.lease}
                name={name}
                minutes={lease.reserved}
                why={whyEmpty(lease) ?? whyNot(who, "leases.release")}
              />
            </Cell>
          </tr>
        );
      })}
    </Table>
  );
}

/** The deployment can't use an ended reservation, but its minutes are still kept from the others. */
function Status({ of: { state, reserved } }: { of: ListedLease }) {
  if (state === "released") return "Released";
  if (state === "open") return "Open";
  return reserved > 0 ? <StateBadge state="silent">Ended</StateBadge> : "Ended";
}

function whyEmpty({ reserved }: ListedLease): string | null {
  return reserved > 0 ? null : "It holds no unused minutes.";
}
