import { useDateStyle } from "@/components/shell/date-style-provider";
import { count, counted } from "@/components/text/numbers";
import { lastDayOf } from "@/domain/consumption/month-outlook";
import type { CapacityMonth } from "@/server/consumption/capacity";
import { Figure } from "./figure";
import styles from "./month-figures.module.css";

/** The key figures of a month, each with its unit and meaning. */
export function MonthFigures({ month }: { month: CapacityMonth }) {
  const { total, quota, overage, remaining, reserved, free, today } = month;
  return (
    <dl className={styles.figures}>
      <Figure name={today === null ? "Used" : "Used so far"} term="consumption" unit={unitOf(total)}>
        {count(total)}
      </Figure>
      <Figure name="Quota" term="quota" unit={unitOf(quota)}>
        {count(quota)}
      </Figure>
      <Figure
        name="Overage allowed"
        term="overage"
        unit={overage === "YES" || overage === 0 ? "" : unitOf(overage)}
      >
        {overage === "YES" ? "No cap" : overage === 0 ? "None" : count(overage)}
      </Figure>
      <Figure
        name={remainingTerm(month)}
        term={remaining === null || overage === 0 ? "quota" : "cap"}
        unit={remaining === null && total > quota ? "" : unitOf(remainingOf(month))}
      >
        {count(remainingOf(month))}
      </Figure>
      {reserved > 0 ? (
        <Figure
          name="Reserved"
          term="reserved"
          unit={free === null ? unitOf(reserved) : `${count(free)} free`}
        >
          {count(reserved)}
        </Figure>
      ) : null}
      {today === null ? null : <ForecastFigure month={month} />}
    </dl>
  );
}

function ForecastFigure({ month: { month, forecast } }: { month: CapacityMonth }) {
  const name = `Forecast for ${lastDayOf(month, useDateStyle())}`;
  if (!forecast)
    return (
      <Figure name={name} term="forecast" unit="available after 5 full days">
        –
      </Figure>
    );
  const { low, mid, high, method } = forecast;
  return (
    <Figure name={name} term="forecast" unit={`${count(low)} to ${count(high)}`} title={method}>
      {count(mid)}
    </Figure>
  );
}

function remainingTerm({ overage, remaining, quota, total }: CapacityMonth): string {
  if (remaining === null) return total > quota ? "Over quota" : "Quota left";
  return overage === 0 ? "Quota left" : "Left before cap";
}

function remainingOf({ remaining, quota, total }: CapacityMonth): number {
  return remaining ?? Math.abs(quota - total);
}

function unitOf(value: number): string {
  return counted(value, "minute").split(" ")[1] ?? "";
}
