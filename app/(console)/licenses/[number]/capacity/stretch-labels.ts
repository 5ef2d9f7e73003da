import { dayIn } from "@/components/text/moment-labels";

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });

/** A period as `1 Nov 2026 to 14 Nov 2026`, in UTC, with times if they aren't midnight. The end is exclusive. */
export function stretchText({ from, to }: { from: string; to: string }): string {
  const [start, end] = [new Date(from), new Date(to)];
  const last = isMidnight(end) ? dayIn(new Date(end.getTime() - 1), "UTC") : moment(end);
  const first = isMidnight(start) ? dayIn(start, "UTC") : moment(start);
  return first === last ? first : `${first} to ${last}`;
}

function moment(at: Date): string {
  return `${dayIn(at, "UTC")}, ${time.format(at)}\u00A0UTC`;
}

function isMidnight(at: Date): boolean {
  return at.toISOString().endsWith("T00:00:00.000Z");
}
