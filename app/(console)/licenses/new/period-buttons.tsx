import { Button } from "@mantine/core";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { validityText } from "@/components/text/license-labels";
import { type Period, periodOf, validityFor } from "@/domain/licenses/period";
import { daysOf } from "@/domain/licenses/validity";
import { dayOf } from "@/domain/month";

const PERIODS: readonly { name: string; period: Period }[] = [
  { name: "1 year", period: { months: 12 } },
  { name: "2 years", period: { months: 24 } },
  { name: "3 years", period: { months: 36 } },
  { name: "No end", period: null },
];

type Props = { valid: string; now: Date; onChange(valid: string): void };

/** Common validities from the first day that is entered, or from today. */
export function PeriodButtons({ valid, now, onChange }: Props) {
  const dates = useDateStyle();
  const first = daysOf(valid)?.first || dayOf(now);
  const current = JSON.stringify(periodOf(valid));
  return (
    <>
      {PERIODS.map(({ name, period }) => (
        <Button
          key={name}
          size="compact-xs"
          variant="default"
          aria-pressed={current === JSON.stringify(period)}
          aria-label={`Valid: ${name}`}
          title={validityText(validityFor(first, period), dates)}
          onClick={() => onChange(validityFor(first, period))}
        >
          {name}
        </Button>
      ))}
    </>
  );
}
