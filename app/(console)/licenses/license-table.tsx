import Link from "next/link";
import { licenseWords, timeLeft, validityWords } from "@/components/license-words";
import { counted } from "@/components/numbers";
import { Pager } from "@/components/pager";
import { Seal } from "@/components/seal";
import { StateBadge } from "@/components/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/table";
import { formatLicenseNumber } from "@/domain/license-number";
import type { LicensePool } from "@/domain/license-pools";
import { sealStatus } from "@/domain/license-state";
import type { LicenseSummary } from "@/server/licenses";
import styles from "./license-table.module.css";
import { WorstPool } from "./worst-pool";

type Row = LicenseSummary & { pools: LicensePool[] };
type Parts = { rows: Row[]; now: Date; older: string | null; isFirst: boolean; search: string };

const LICENSE: Column = { name: "License", width: "28%" };
const STATE: Column = { name: "State", width: "14%" };
const PRODUCT: Column = { name: "Product", width: "9%", priority: 3 };
const MONTH: Column = { name: "This month" };
const ENDS: Column = { name: "Valid", width: "19%" };

export function LicenseTable({ rows, now, older, isFirst, search }: Parts) {
  const pager = <Pager first={isFirst ? null : firstHref(search)} next={older} nextName="Older licenses" />;
  return (
    <Table
      caption="Licenses, newest first"
      columns={[LICENSE, STATE, PRODUCT, MONTH, ENDS]}
      foot={
        <>
          <span>{counted(rows.length, "license")} on this page, newest first</span>
          {pager}
        </>
      }
    >
      {rows.map((row) => (
        <LicenseRow key={row.number} row={row} now={now} />
      ))}
    </Table>
  );
}

function LicenseRow({ row, now }: { row: Row; now: Date }) {
  const { number, customer, product, status, standing, trial, valid, pools } = row;
  const { words, state } = licenseWords(row);
  return (
    <tr>
      <RowName>
        <Link className={styles.license} href={`/licenses/${number}`}>
          <Seal number={number} status={sealStatus(status, standing, trial)} size={28} />
          <span>
            <span className={styles.number}>{formatLicenseNumber(number)}</span>
            <span className={styles.customer}>{customer.name}</span>
          </span>
        </Link>
      </RowName>
      <Cell of={STATE}>{state ? <StateBadge state={state}>{words}</StateBadge> : words}</Cell>
      <Cell of={PRODUCT}>{product}</Cell>
      <Cell of={MONTH}>
        <WorstPool pools={pools} />
      </Cell>
      <Cell of={ENDS}>
        <span className={styles.lines}>
          <span>{validityWords(valid)}</span>
          <span className={styles.left}>{timeLeft(row, now)}</span>
        </span>
      </Cell>
    </tr>
  );
}

function firstHref(search: string): string {
  return search ? `/licenses?${new URLSearchParams({ q: search })}` : "/licenses";
}
