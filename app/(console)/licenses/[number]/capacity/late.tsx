import { dateStyle } from "@/app/(console)/_lib/date-style";
import { counted } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { Section } from "@/components/ui/section";
import { dateText } from "@/domain/dates/date-style";
import type { Month } from "@/domain/month";
import { lateReports } from "@/server/consumption/late-reports";
import type { Meter } from "@/server/consumption/usage";

type Props = { number: string; meter: Meter; month: Month };

/** Late reports: those that arrived in this month for earlier ones, and those for this month that arrived after it. */
export async function Late({ number, meter, month }: Props) {
  const { arrived, after } = await lateReports(number, meter, month);
  const name = monthText(month);
  const dates = await dateStyle();
  return (
    <Section title="Late reports" id="late">
      {arrived.length === 0 && !after ? <p>No late reports.</p> : null}
      {after ? (
        <p>
          {counted(after.minutes, "minute")} of {name} arrived after it ended, in{" "}
          {counted(after.reports, "report")}, the last on {dateText(after.until, dates)}. They are counted in{" "}
          {name}.
        </p>
      ) : null}
      {arrived.map(({ month: of, reports, minutes }) => (
        <p key={of}>
          {counted(reports, "report")} in {name} for {monthText(of)}: {counted(minutes, "minute")}, counted in{" "}
          {monthText(of)}.
        </p>
      ))}
    </Section>
  );
}
