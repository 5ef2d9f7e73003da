"use client";

import { DeploymentName } from "@/app/(console)/licenses/[number]/deployments/deployment-name";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { counted } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import { Section } from "@/components/ui/section";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import styles from "./dual-use.module.css";
import type { RequestPage, RequestRow } from "./listed-requests";
import { RequestActions } from "./request-actions";
import { offerText, REQUEST_BADGES } from "./request-labels";
import { useRequests, waitingIn } from "./use-requests";

type Props = {
  number: string;
  first: RequestPage;
  /** Why the reader can't decide; null if they can. */
  why: string | null;
};

const DEPLOYMENT: Column = { name: "Deployment" };
const PRODUCT: Column = { name: "Product", width: "12%" };
const ADDRESS: Column = { name: "Address", width: "12%", priority: 3 };
const ASKED: Column = { name: "Last request", width: "18%", priority: 2 };
const STATE: Column = { name: "Status", width: "19%" };
const DECIDE: Column = { name: "Decision", width: "190px" };
const COLUMNS = [DEPLOYMENT, PRODUCT, ADDRESS, ASKED, STATE, DECIDE];

/** Requests for dual use by deployments of other products; renders nothing if there never was one. */
export function DualUseRequests({ number, first, why }: Props) {
  const page = useRequests(number, first);
  if (page.rows.length === 0) return null;
  return (
    <Section title="Dual-use requests" id="dual-use" hint={<Offers number={number} offers={page.offers} />}>
      <Table
        caption="Dual-use requests"
        columns={COLUMNS}
        foot={
          <span>
            {waitingIn(page)} waiting, {counted(page.all, "request")} in all
            {page.all > page.rows.length ? `; the first ${page.rows.length} are shown` : ""}
          </span>
        }
      >
        {page.rows.map((row) => (
          <Row key={row.id} number={number} row={row} at={new Date(page.at)} why={why} />
        ))}
      </Table>
    </Section>
  );
}

function Offers({ number, offers }: { number: string; offers: RequestPage["offers"] }) {
  const dates = useDateStyle();
  const link = <TextLink href={`/licenses/${number}/settings#dual-use-offers`}>Offers</TextLink>;
  if (offers.length === 0) return <>Other products request to join this license. No offer is open. {link}</>;
  return (
    <>
      The vendor offers {offers.map((offer) => offerText(offer, dates)).join("; ")}. {link}
    </>
  );
}

function Row({ number, row, at, why }: { number: string; row: RequestRow; at: Date; why: string | null }) {
  const { state, words } = REQUEST_BADGES[row.state];
  return (
    <tr>
      <RowName>
        <span className={styles.name}>
          <DeploymentName source={row.source} name={row.name} />
        </span>
      </RowName>
      <Cell of={PRODUCT}>{[row.product, row.version].filter(Boolean).join(" ")}</Cell>
      <Cell of={ADDRESS}>{row.address ?? "unknown"}</Cell>
      <Cell of={ASKED}>
        <When at={new Date(row.last)} now={at} />
      </Cell>
      <Cell of={STATE}>
        <span className={styles.state}>
          <StateBadge state={state}>{words}</StateBadge>
          {row.reason ? <span className={styles.reason}>{row.reason}</span> : null}
        </span>
      </Cell>
      <Cell of={DECIDE}>
        <RequestActions number={number} row={row} why={why} />
      </Cell>
    </tr>
  );
}
