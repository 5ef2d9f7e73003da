import type { ReactNode } from "react";
import { columnSort } from "@/app/(console)/_list/column-sort";
import { count } from "@/components/text/numbers";
import { STATE_NAMES } from "@/components/text/status-labels";
import { Day } from "@/components/text/when";
import { Link } from "@/components/ui/link";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import type { CustomerRow } from "@/server/overview/customer-board";
import { CUSTOMER_ORDERS } from "./customer-order";
import styles from "./customers.module.css";
import type { CustomerParams } from "./search-params";

const NAME: Column = { name: "Customer", width: "34%" };
const STATE: Column = { name: "Worst state" };
const LICENSES: Column = { name: "Licenses", end: true, width: "112px" };
const PEOPLE: Column = { name: "License admins", end: true, width: "14%", priority: 3 };
const SINCE: Column = { name: "Since", width: "14%", priority: 3 };

type Sort = CustomerParams["sort"];
type Props = {
  rows: readonly CustomerRow[];
  sort: Sort;
  /** The link to the same list in another order. */
  hrefOf(sort: Sort): string;
  foot: ReactNode;
};

/** Customers, each with the worst state of its licenses. */
export function CustomerTable({ rows, sort, hrefOf, foot }: Props) {
  const showsPeople = rows.some(({ people }) => people !== null);
  const sorted = (column: Column, first: Sort) => ({ ...column, sort: columnSort(sort, first, hrefOf) });
  const columns = [
    sorted(NAME, "name"),
    sorted(STATE, "worst"),
    sorted(LICENSES, "-licenses"),
    ...(showsPeople ? [PEOPLE] : []),
    sorted(SINCE, "-created"),
  ];
  return (
    <Table caption={`Customers, ${CUSTOMER_ORDERS.words[sort]}`} columns={columns} foot={foot}>
      {rows.map(({ id, name, worst, licenses, people, created }) => (
        <tr key={id}>
          <RowName>
            <Link className={styles.name} href={`/customers/${id}`} title={name}>
              {name}
            </Link>
          </RowName>
          <Cell of={STATE}>
            <Worst state={worst} />
          </Cell>
          <Cell of={LICENSES}>{count(licenses)}</Cell>
          {people === null ? null : <Cell of={PEOPLE}>{count(people)}</Cell>}
          <Cell of={SINCE}>
            <Day at={created} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

function Worst({ state }: { state: CustomerRow["worst"] }) {
  if (!state) return <span className={styles.quiet}>no license</span>;
  if (state === "within") return STATE_NAMES.within;
  return <StateBadge state={state}>{STATE_NAMES[state]}</StateBadge>;
}
