import { dateStyle } from "@/app/(console)/_lib/date-style";
import type { PageCursors } from "@/app/(console)/_list/page-cursors";
import { counted } from "@/components/text/numbers";
import { Day, When } from "@/components/text/when";
import { Pager } from "@/components/ui/pager";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { type DateStyle, dayText } from "@/domain/dates/date-style";
import { whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { actorNames } from "@/server/audit/actor-names";
import type { Checkout } from "@/server/checkouts/checkouts";
import type { License } from "@/server/licenses/license";
import type { Page } from "@/server/store/cursor";
import { CheckoutActions } from "./checkout-actions";
import { checkoutName, fileNameOf, sharesText } from "./checkout-labels";
import styles from "./checkouts.module.css";

type Props = {
  license: License;
  page: Page<Checkout>;
  counts: { all: number; out: number };
  cursors: PageCursors;
  who: Principal;
  now: Date;
};

const LABEL: Column = { name: "Label" };
const PRODUCT: Column = { name: "Product", width: "96px", priority: 3 };
const RESERVED: Column = { name: "Reserved", width: "200px", priority: 2 };
const ISSUED: Column = { name: "Issued", width: "136px", priority: 3 };
const EXPIRES: Column = { name: "Expires", width: "116px" };
const STATUS: Column = { name: "Status", width: "140px" };
const ACTIONS: Column = { name: "Actions", width: "216px" };

/** The signed definitions of a license, newest first, and what each reserves. */
export async function CheckoutTable({ license, page, counts, cursors, who, now }: Props) {
  const { items: checkouts } = page;
  const dates = await dateStyle();
  const nameOf = await actorNames(checkouts.map(({ issuedBy }) => issuedBy));
  return (
    <Table
      caption="Signed definitions, newest first"
      columns={[LABEL, PRODUCT, RESERVED, ISSUED, EXPIRES, STATUS, ACTIONS]}
      foot={
        <>
          <span>{`${counted(counts.all, "signed definition")}, ${counts.out} out${mostOf(license)}`}</span>
          <Pager {...cursors} previousName="Newer" nextName="Older" />
        </>
      }
    >
      {checkouts.map((checkout) => (
        <tr key={checkout.id}>
          <RowName>
            <span title={checkout.id}>{checkoutName(checkout)}</span>
          </RowName>
          <Cell of={PRODUCT}>{checkout.product}</Cell>
          <Cell of={RESERVED}>
            {checkout.shares ? sharesText(checkout.shares, license.definition) : "nothing: whole license"}
          </Cell>
          <Cell of={ISSUED}>
            <span className={styles.lines}>
              <When at={checkout.issued} now={now} />
              <span className={styles.by}>{nameOf(checkout.issuedBy)}</span>
            </span>
          </Cell>
          <Cell of={EXPIRES}>
            <Day at={checkout.expires} />
          </Cell>
          <Cell of={STATUS}>
            <Status of={checkout} />
          </Cell>
          <Cell of={ACTIONS}>
            <CheckoutActions
              number={license.number}
              id={checkout.id}
              name={checkoutName(checkout)}
              fileName={fileNameOf(license.number, checkout.id)}
              effect={effectOf(checkout, dates)}
              why={whyEnded(checkout) ?? whyNot(who, "checkouts.write")}
            />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

function Status({ of: { state, returned, returnedReason } }: { of: Checkout }) {
  if (state === "out") return "Out";
  if (state === "expired") return <StateBadge state="expired">Expired</StateBadge>;
  return (
    <span className={styles.lines}>
      <span>Returned {returned ? <Day at={returned} /> : null}</span>
      {returnedReason ? <span className={styles.by}>{returnedReason}</span> : null}
    </span>
  );
}

function mostOf({ settings: { maxCheckouts } }: License): string {
  return maxCheckouts === null ? "" : ` of ${maxCheckouts}`;
}

function whyEnded({ state }: Checkout): string | null {
  if (state === "out") return null;
  return `It ${state === "returned" ? "was returned" : "has expired"}. Download a new one.`;
}

function effectOf({ shares, expires }: Checkout, dates: DateStyle): string {
  const free = shares ? "Its reserved units become free immediately. " : "";
  return `${free}The file itself can't be recalled: a deployment that still has it can work until ${dayText(expires, dates)}. This can't be undone.`;
}
