import type { PageCursors } from "@/app/(console)/_list/page-cursors";
import { counted } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import cell from "@/components/ui/cell-lines.module.css";
import { Link } from "@/components/ui/link";
import { Pager } from "@/components/ui/pager";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import type { Webhook } from "@/server/webhooks/webhook";
import { typesLabel } from "./webhook-labels";
import { WebhookState } from "./webhook-state";

type Props = { webhooks: Webhook[]; cursors: PageCursors; now: Date };

const NAME: Column = { name: "Name" };
const STATE: Column = { name: "State", width: "216px" };
const EVENTS: Column = { name: "Events", width: "168px" };
const OF: Column = { name: "Licenses of", width: "20%" };
const MADE: Column = { name: "Created", width: "124px", priority: 3 };

/** Endpoints, newest first. */
export function WebhookTable({ webhooks, cursors, now }: Props) {
  return (
    <Table
      caption="Webhooks, newest first"
      columns={[NAME, STATE, EVENTS, OF, MADE]}
      foot={
        <>
          <span role="status">{counted(webhooks.length, "webhook")}, newest first</span>
          <Pager {...cursors} previousName="Newer webhooks" nextName="Older webhooks" />
        </>
      }
    >
      {webhooks.map((webhook) => (
        <tr key={webhook.id}>
          <RowName>
            <span className={cell.lines}>
              <Link className={cell.name} href={`/webhooks/${webhook.id}`} title={webhook.name}>
                {webhook.name}
              </Link>
              <span className={cell.by} title={webhook.url}>
                {new URL(webhook.url).host}
              </span>
            </span>
          </RowName>
          <Cell of={STATE}>
            <WebhookState of={webhook} />
          </Cell>
          <Cell of={EVENTS}>{typesLabel(webhook)}</Cell>
          <Cell of={OF}>{webhook.customer?.name ?? "all customers"}</Cell>
          <Cell of={MADE}>
            <When at={webhook.created} now={now} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
