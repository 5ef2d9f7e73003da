/** A request or a reply, or a part of one, as it is on the wire: its fields are unchecked. */
// biome-ignore lint/suspicious/noExplicitAny: the model reads what real agents send, and compares what it gets.
export type Fields = Record<string, any>;

/** An allotment: seats, or minutes with a quota and an overage. */
export type AllotmentTerms = { isTime: boolean; units: number; overage: number; block: number };

const DAY = 86_400_000;

/** Names and subjects are compared without case. */
export function keyOf(name: string): string {
  return name.toLowerCase();
}

/** The key of an allotment's month. */
export function monthKeyOf(allotment: string, month: string): string {
  return `${keyOf(allotment)} ${month}`;
}

/** Whether a month begins more than a day from now. */
export function isAhead(month: string, now: Date): boolean {
  return Date.parse(`${month}-01T00:00:00Z`) > now.getTime() + DAY;
}

/** Whether a month has ended. */
export function isOver(month: string, now: Date): boolean {
  return now.toISOString().slice(0, 7) > month;
}

/** Whether a path takes the log of a deployment without a network. */
export function isLog(path: string): boolean {
  return path.endsWith("/log");
}
