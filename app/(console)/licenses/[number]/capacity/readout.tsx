import { useDateStyle } from "@/components/shell/date-style-provider";
import { count, counted } from "@/components/text/numbers";
import type { BurnUpDay } from "@/domain/consumption/burn-up";
import type { CapacityMonth } from "@/server/consumption/capacity";
import { dayOfMonth, deniedOn } from "./day-labels";
import { Swatch } from "./looks";
import type { MonthSheet } from "./month-sheet";
import styles from "./readout.module.css";

type Props = { day: BurnUpDay; month: CapacityMonth; sheet: MonthSheet };

/** The numbers of the chosen day, in a fixed position. */
export function Readout({ day, month, sheet }: Props) {
  const dates = useDateStyle();
  return (
    <div className={styles.readout}>
      <h3>
        {dayOfMonth(month.month, day.day, dates)}
        {day.day === month.today ? <span className={styles.today}>today</span> : null}
      </h3>
      <dl>
        {day.soFar === null ? <Expected day={day} month={month} /> : <Used day={day} sheet={sheet} />}
        {day.monthBefore === null ? null : <Line term="Previous month">{count(day.monthBefore)}</Line>}
      </dl>
      <Passed month={month} sheet={sheet} />
    </div>
  );
}

function Used({ day, sheet }: Omit<Props, "month">) {
  return (
    <>
      <Line term="Used so far">
        <strong>{counted(day.soFar ?? 0, "minute")}</strong>
      </Line>
      <Line term="That day">{count(day.usedThatDay ?? 0)}</Line>
      {sheet.layers.map((layer, i) => (
        <Line key={layer.id} term={layer.name} look={layer.look}>
          {count(day.layers[i] ?? 0)}
        </Line>
      ))}
    </>
  );
}

function Expected({ day, month }: Omit<Props, "sheet">) {
  if (!day.expected) return <Line term="Not yet">–</Line>;
  const { low, mid, high } = day.expected;
  const refused = deniedOn(day, month);
  return (
    <>
      <Line term="Expected">
        <strong>{counted(mid, "minute")}</strong>
      </Line>
      <Line term="Between">
        {count(low)} and {count(high)}
      </Line>
      {refused > 0 ? <Line term="Would be refused">{count(refused)}</Line> : null}
    </>
  );
}

function Line({ term, look, children }: { term: string; look?: number; children: React.ReactNode }) {
  return (
    <div>
      <dt title={term}>
        {look === undefined ? null : <Swatch look={look} />}
        <span>{term}</span>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Passed({ month, sheet: { passed, isWhole } }: Omit<Props, "day">) {
  const dates = useDateStyle();
  if (!isWhole || (passed.quota === null && passed.cap === null)) return null;
  const limit = month.overage === 0 ? "Quota" : "Cap";
  return (
    <p className={styles.passed}>
      {passed.cap === null ? null : `${limit} reached on ${dayOfMonth(month.month, passed.cap, dates)}. `}
      {passed.quota === null || month.overage === 0
        ? null
        : `Quota passed on ${dayOfMonth(month.month, passed.quota, dates)}.`}
    </p>
  );
}
