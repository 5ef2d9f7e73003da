import type { CSSProperties } from "react";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { count } from "@/components/text/numbers";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import type { CapacityMonth } from "@/server/consumption/capacity";
import { dayOfMonth } from "./day-labels";
import { cellText, monthColumns } from "./month-columns";
import type { MonthSheet } from "./month-sheet";
import styles from "./month-table.module.css";

type Props = { month: CapacityMonth; sheet: MonthSheet; caption: string };

/** The days of a month as a table. */
export function MonthTable({ month, sheet, caption }: Props) {
  const dates = useDateStyle();
  const columns = monthColumns(month, sheet);
  const heads: Column[] = columns.map(({ name }) => ({ name, end: true }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it
    <section className={styles.scroll} aria-label="Usage by day" tabIndex={0}>
      <div className={styles.wide} style={wideEnough(columns.length)}>
        <Table caption={caption} columns={[{ name: "Day (UTC)", width: "120px" }, ...heads]}>
          {sheet.days.map(({ day }, i) => (
            <tr key={day} aria-current={day === month.today ? "date" : undefined}>
              <RowName>{dayOfMonth(month.month, day, dates)}</RowName>
              {columns.map((column, c) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two deployments can have the same name
                <Cell key={c} of={heads[c] ?? { name: "" }}>
                  {cellText(column.values[i] ?? null)}
                </Cell>
              ))}
            </tr>
          ))}
          <tr className={styles.totals}>
            <RowName>Total</RowName>
            {columns.map(({ sum }, c) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two deployments can have the same name
              <Cell key={c} of={heads[c] ?? { name: "" }}>
                {sum === null ? "" : count(sum)}
              </Cell>
            ))}
          </tr>
        </Table>
      </div>
    </section>
  );
}

function wideEnough(columns: number): CSSProperties {
  return { "--wide": `${120 + columns * 110}px` } as CSSProperties; // React's types lack custom properties
}
