import { overageText } from "@/components/text/allotment-labels";
import { count, counted } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { Section } from "@/components/ui/section";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { CapacityMonth } from "@/server/consumption/capacity";
import { usageHistory } from "@/server/consumption/usage";
import { capacitySearch } from "./search-params";
import { YearFigure } from "./year-figure";
import styles from "./year-figure.module.css";
import type { YearMonth } from "./year-month";

type Props = { number: string; month: CapacityMonth; until: string; view: "chart" | "table" };

const MONTHS = 12;

/** The twelve months up to now, or up to the shown month if that is earlier. */
export async function Year({ number, month, until, view }: Props) {
  const history = await usageHistory(number, until, MONTHS);
  const months = history.map(({ month: of, allotments }): YearMonth => {
    const allotment = allotments.find(({ name }) => name === month.allotment);
    const { total = 0, quota = 0, overage = 0 } = allotment ?? {};
    return {
      month: of,
      total,
      quota,
      overage,
      expected: of === month.month ? (month.forecast?.mid ?? null) : null,
    };
  });
  const hrefOf = (of: string) =>
    capacitySearch(`/licenses/${number}/capacity`, { month: of, allotment: month.allotment, view });
  return (
    <Section title="Twelve months" id="year">
      {view === "chart" ? (
        <div className={styles.card}>
          <YearFigure months={months} shown={month.month} hrefs={months.map(({ month: of }) => hrefOf(of))} />
        </div>
      ) : null}
      <div className={view === "chart" ? styles.printed : undefined}>
        <YearTable months={months} hrefOf={hrefOf} />
      </div>
    </Section>
  );
}

const MONTH: Column = { name: "Month", width: "30%" };
const USED: Column = { name: "Used", end: true };
const QUOTA: Column = { name: "Quota", end: true };
const OVERAGE: Column = { name: "Overage allowed", end: true, priority: 3 };
const OVER: Column = { name: "Over", end: true };

function YearTable({ months, hrefOf }: { months: YearMonth[]; hrefOf: (month: string) => string }) {
  return (
    <Table caption="Twelve months, each against its quota" columns={[MONTH, USED, QUOTA, OVERAGE, OVER]}>
      {months.toReversed().map(({ month, total, quota, overage }) => (
        <tr key={month}>
          <RowName>
            <TextLink href={hrefOf(month)}>{monthText(month)}</TextLink>
          </RowName>
          <Cell of={USED}>{counted(total, "minute")}</Cell>
          <Cell of={QUOTA}>{count(quota)}</Cell>
          <Cell of={OVERAGE}>{overageText(overage)}</Cell>
          <Cell of={OVER}>{count(Math.max(0, total - quota))}</Cell>
        </tr>
      ))}
    </Table>
  );
}
