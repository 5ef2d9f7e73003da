import Link from "next/link";
import type { ReactNode } from "react";
import { count } from "@/components/numbers";
import { STATE_NAMES } from "@/components/standing-words";
import { StateBadge } from "@/components/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/table";
import { Day } from "@/components/when";
import type { CustomerRow } from "@/server/customer-board";
import styles from "./customers.module.css";

const NAME: Column = { name: "Customer", width: "40%" };
const STATE: Column = { name: "Worst state" };
const LICENSES: Column = { name: "Licenses", end: true, width: "12%" };
const PEOPLE: Column = { name: "License admins", end: true, width: "14%", priority: 3 };
const SINCE: Column = { name: "Since", width: "14%", priority: 3 };

/** Customers with how their licenses stand. */
export function CustomerTable({ rows, foot }: { rows: readonly CustomerRow[]; foot: ReactNode }) {
  const showsPeople = rows.some(({ people }) => people !== null);
  const columns = [NAME, STATE, LICENSES, ...(showsPeople ? [PEOPLE] : []), SINCE];
  return (
    <Table caption="Customers by name" columns={columns} foot={foot}>
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
