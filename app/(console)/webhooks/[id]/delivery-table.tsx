import type { PageCursors } from "@/app/(console)/_list/page-cursors";
import { eventLabel, resultLabel } from "@/app/(console)/webhooks/webhook-labels";
import { count } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import cell from "@/components/ui/cell-lines.module.css";
import { Link } from "@/components/ui/link";
import { Pager } from "@/components/ui/pager";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import type { Delivery } from "@/server/webhooks/deliveries";
import { DeliveryStateBadge, NextAttempt } from "./delivery-state";

type Props = { deliveries: Delivery[]; cursors: PageCursors; now: Date };

const EVENT: Column = { name: "Event" };
const STATE: Column = { name: "State", width: "116px" };
const LAST: Column = { name: "Last attempt", width: "160px" };
const NEXT: Column = { name: "Next attempt", width: "112px", priority: 2 };
const MADE: Column = { name: "Happened", width: "120px" };

/** Deliveries to one webhook, newest first. */
export function DeliveryTable({ deliveries, cursors, now }: Props) {
  return (
    <Table
      caption="Deliveries, newest first"
      columns={[EVENT, STATE, LAST, NEXT, MADE]}
      foot={
        <>
          <span role="status">
            {deliveries.length === 1 ? "1 delivery" : `${count(deliveries.length)} deliveries`}, newest first
          </span>
          <Pager {...cursors} previousName="Newer deliveries" nextName="Older deliveries" />
        </>
      }
    >
      {deliveries.map((delivery) => (
        <tr key={delivery.id}>
          <RowName>
            <span className={cell.lines}>
              <Link className={cell.name} href={`/webhooks/${delivery.webhook}/deliveries/${delivery.id}`}>
                {eventLabel(delivery.type)}
              </Link>
              <span className={cell.by}>{delivery.type}</span>
            </span>
          </RowName>
          <Cell of={STATE}>
            <DeliveryStateBadge of={delivery} />
          </Cell>
          <Cell of={LAST}>{delivery.last ? resultLabel(delivery.last) : "none yet"}</Cell>
          <Cell of={NEXT}>
            <NextAttempt due={delivery.due} now={now} />
          </Cell>
          <Cell of={MADE}>
            <When at={delivery.created} now={now} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
