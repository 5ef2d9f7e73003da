import { clockText, type DateStyle, dateText } from "@/domain/dates/date-style";
import { UTC } from "@/domain/dates/zone";

/** A period as `1 Nov 2026 to 14 Nov 2026`, in UTC, with times if they aren't midnight. The end is exclusive. */
export function stretchText({ from, to }: { from: string; to: string }, dates: DateStyle): string {
  const [start, end] = [new Date(from), new Date(to)];
  const last = isMidnight(end) ? dateText(new Date(end.getTime() - 1), dates) : moment(end, dates);
  const first = isMidnight(start) ? dateText(start, dates) : moment(start, dates);
  return first === last ? first : `${first} to ${last}`;
}

function moment(at: Date, dates: DateStyle): string {
  return `${dateText(at, dates)}, ${clockText(at, { ...dates, zone: UTC })}\u00A0UTC`;
}

function isMidnight(at: Date): boolean {
  return at.toISOString().endsWith("T00:00:00.000Z");
}
