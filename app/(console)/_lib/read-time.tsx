"use client";

import { useDateStyle } from "@/components/shell/date-style-provider";
import { counted } from "@/components/text/numbers";
import { secondsText } from "@/domain/dates/date-style";
import { zoneName } from "@/domain/dates/zone";
import { shownLag } from "@/domain/replica/replica-lag";

type Props = {
  at: Date;
  /** As of when a replica was complete that was read at that time; null for current data. */
  asOf?: Date | null;
};

/** When the page was read, or what it is as of where that is older. */
export function ReadTime({ at, asOf = null }: Props) {
  const dates = useDateStyle();
  const lag = shownLag(asOf, at);
  const shown = lag === null ? at : (asOf ?? at);
  return (
    <span>
      {lag === null ? "Updated" : "As of"}{" "}
      <time dateTime={shown.toISOString()}>{secondsText(shown, dates)}</time> {zoneName(dates.zone)}
      {lag === null ? null : `, ${counted(lag, "second")} ago`}
    </span>
  );
}
