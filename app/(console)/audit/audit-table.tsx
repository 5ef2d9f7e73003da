import type { ReactNode } from "react";
import { dateStyle } from "@/app/(console)/_lib/date-style";
import { Second } from "@/components/text/when";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { zoneName } from "@/domain/dates/zone";
import { formatLicenseNumber, parseLicenseNumber } from "@/domain/licenses/license-number";
import type { ShownEvent } from "@/server/audit/log";
import type { EventNames } from "@/server/audit/names";
import { shownLabel } from "./audit-labels";

type Named = ShownEvent & EventNames;
type Props = {
  events: Named[];
  isOfOneLicense: boolean;
  open: string | null;
  hrefOf: (id: string) => string;
  foot: ReactNode;
};

const WHEN_WIDTH = "184px";
const WHO: Column = { name: "Actor" };
const WHAT: Column = { name: "Event" };
const ON: Column = { name: "Object" };
const LICENSE: Column = { name: "License", width: "172px", priority: 3 };
const FROM: Column = { name: "Address", width: "132px", priority: 3 };

export async function AuditTable({ events, isOfOneLicense, open, hrefOf, foot }: Props) {
  const when: Column = { name: `When (${zoneName((await dateStyle()).zone)})`, width: WHEN_WIDTH };
  const columns = [when, WHO, WHAT, ON, ...(isOfOneLicense ? [] : [LICENSE]), FROM];
  return (
    <Table caption="Events, newest first" columns={columns} foot={foot}>
      {events.map((event) => (
        <tr key={event.id} aria-current={event.id === open ? "true" : undefined}>
          <Cell of={when}>
            <Second at={event.at} />
          </Cell>
          <Cell of={WHO}>
            <span title={event.actor}>{event.who}</span>
          </Cell>
          <RowName>
            <TextLink href={hrefOf(event.id)} id={event.id} scroll={false}>
              {shownLabel(event)}
            </TextLink>
          </RowName>
          <Cell of={ON}>
            <span title={event.standsFor === 1 ? event.object : undefined}>{event.on}</span>
          </Cell>
          {isOfOneLicense ? null : (
            <Cell of={LICENSE}>
              <Chain of={event.chain} />
            </Cell>
          )}
          <Cell of={FROM}>{event.address ?? "–"}</Cell>
        </tr>
      ))}
    </Table>
  );
}

function Chain({ of }: { of: string }) {
  if (!parseLicenseNumber(of)) return "Installation";
  return <TextLink href={`/licenses/${of}/audit`}>{formatLicenseNumber(of)}</TextLink>;
}
