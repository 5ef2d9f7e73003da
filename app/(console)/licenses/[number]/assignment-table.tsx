import { Empty } from "@/components/empty";
import { counted } from "@/components/numbers";
import { Pager } from "@/components/pager";
import { StateBadge } from "@/components/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/table";
import { When } from "@/components/when";
import type { SeatHeld } from "@/server/assignment-list";
import type { Page } from "@/server/cursor";
import { DeploymentName } from "./deployments/deployment-name";

type Parts = {
  number: string;
  page: Page<SeatHeld>;
  names: Map<string, string>;
  now: Date;
  isFirst: boolean;
};

const SUBJECT: Column = { name: "Subject", width: "30%" };
const ALLOTMENT: Column = { name: "Allotment" };
const STATE: Column = { name: "State" };
const CREATED: Column = { name: "Created" };
const SOURCE: Column = { name: "Source", priority: 3 };

export function AssignmentTable({ number, page: { items, cursor }, names, now, isFirst }: Parts) {
  const list = `/licenses/${number}/assignments`;
  const next = cursor ? `${list}?${new URLSearchParams({ cursor })}` : null;
  if (items.length === 0)
    return (
      <Empty title="Nobody is assigned.">
        <p>
          Products assign people as they sign in there, if auto-assign is on or an admin of the product does
          it.
        </p>
      </Empty>
    );
  return (
    <Table
      caption="Assignments, newest first"
      columns={[SUBJECT, ALLOTMENT, STATE, CREATED, SOURCE]}
      foot={
        <>
          <span>{counted(items.length, "assignment")} on this page, newest first</span>
          <Pager first={isFirst ? null : list} next={next} nextName="Older assignments" />
        </>
      }
    >
      {items.map((seat) => (
        <AssignmentRow key={seat.instance} seat={seat} siteName={names.get(seat.source)} now={now} />
      ))}
    </Table>
  );
}

function AssignmentRow({ seat, siteName, now }: { seat: SeatHeld; siteName?: string; now: Date }) {
  const { subject, allotment, state, created, source } = seat;
  return (
    <tr>
      <RowName>
        <bdi title={subject}>{subject}</bdi>
      </RowName>
      <Cell of={ALLOTMENT}>{allotment}</Cell>
      <Cell of={STATE}>{state === "excess" ? <StateBadge state="excess">Excess</StateBadge> : "Active"}</Cell>
      <Cell of={CREATED}>
        <When at={created} now={now} />
      </Cell>
      <Cell of={SOURCE}>
        <DeploymentName source={source} name={siteName} />
      </Cell>
    </tr>
  );
}
