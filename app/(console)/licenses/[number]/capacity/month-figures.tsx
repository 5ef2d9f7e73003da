import type { ReactNode } from "react";
import { count, counted } from "@/components/numbers";
import { lastDayOf } from "@/domain/month-outlook";
import type { CapacityMonth } from "@/server/capacity";
import styles from "./month-figures.module.css";

/** The numbers of a month that matter, each with its unit and what it means. */
export function MonthFigures({ month }: { month: CapacityMonth }) {
  const { total, quota, overage, remaining, today } = month;
  return (
    <dl className={styles.figures}>
      <Figure term={today === null ? "Used" : "Used so far"} unit={unitOf(total)}>
        {count(total)}
      </Figure>
      <Figure term="Quota" unit={unitOf(quota)}>
        {count(quota)}
      </Figure>
      <Figure term="Overage allowed" unit={overage === "YES" || overage === 0 ? "" : unitOf(overage)}>
        {overage === "YES" ? "No cap" : overage === 0 ? "None" : count(overage)}
      </Figure>
      <Figure term={leftTerm(month)} unit={remaining === null && total > quota ? "" : unitOf(leftOf(month))}>
        {count(leftOf(month))}
      </Figure>
      {today === null ? null : <ForecastFigure month={month} />}
    </dl>
  );
}

function ForecastFigure({ month: { month, forecast } }: { month: CapacityMonth }) {
  const term = `Forecast for ${lastDayOf(month)}`;
  if (!forecast)
    return (
      <Figure term={term} unit="after five whole days of use">
        –
      </Figure>
    );
  const { low, mid, high, method } = forecast;
  return (
    <Figure term={term} unit={`${count(low)} to ${count(high)}`} title={method}>
      {count(mid)}
    </Figure>
  );
}

type Parts = { term: string; unit: string; title?: string; children: ReactNode };

function Figure({ term, unit, title, children }: Parts) {
  return (
    <div title={title}>
      <dt>{term}</dt>
      <dd>
        <span className={styles.value}>{children}</span> {unit}
      </dd>
    </div>
  );
}

function leftTerm({ overage, remaining, quota, total }: CapacityMonth): string {
  if (remaining === null) return total > quota ? "Over the quota" : "Left of the quota";
  return overage === 0 ? "Left of the quota" : "Left before the cap";
}

function leftOf({ remaining, quota, total }: CapacityMonth): number {
  return remaining ?? Math.abs(quota - total);
}

function unitOf(value: number): string {
  return counted(value, "minute").split(" ")[1] ?? "";
}
