import { Button } from "@mantine/core";
import { useState } from "react";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { entitlementsText } from "@/components/text/definition-labels";
import { count } from "@/components/text/numbers";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { formatLicenseNumber, parseLicenseNumber } from "@/domain/licenses/license-number";
import type { ShownRow } from "@/server/licenses/license-runs";
import styles from "./run-work.module.css";

const PAGE = 100;

const COLUMNS = {
  row: { name: "Row", width: "64px" },
  number: { name: "Number", width: "172px" },
  customer: { name: "Customer" },
  entitlements: { name: "Entitlements", priority: 2 },
  result: { name: "Result" },
} as const satisfies Record<string, Column>;

const RESULTS: Record<ShownRow["outcome"], string> = {
  create: "Will be created.",
  already: "Already here.",
  refused: "Skipped.",
};

/** The rows of a list with their results, a hundred at a time. */
export function PlanTable({ rows }: { rows: readonly ShownRow[] }) {
  const dates = useDateStyle();
  const [page, setPage] = useState(0);
  const from = page * PAGE;
  const shown = rows.slice(from, from + PAGE);
  return (
    <>
      <Table caption="Rows of the file" columns={Object.values(COLUMNS)}>
        {shown.map(({ row, number, customer, outcome, why, definition }) => (
          <tr key={row}>
            <RowName>{row}</RowName>
            <Cell of={COLUMNS.number}>
              {parseLicenseNumber(number) ? formatLicenseNumber(number) : number || "–"}
            </Cell>
            <Cell of={COLUMNS.customer}>{customer}</Cell>
            <Cell of={COLUMNS.entitlements}>{definition ? entitlementsText(definition, dates) : "–"}</Cell>
            <Cell of={COLUMNS.result}>
              {RESULTS[outcome]} {why}
            </Cell>
          </tr>
        ))}
      </Table>
      {rows.length > PAGE ? (
        <div className={styles.pages}>
          <Button variant="default" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Previous rows
          </Button>
          <span>
            {count(from + 1)} to {count(from + shown.length)} of {count(rows.length)}
          </span>
          <Button variant="default" disabled={from + PAGE >= rows.length} onClick={() => setPage(page + 1)}>
            Next rows
          </Button>
        </div>
      ) : null}
    </>
  );
}
