export function numberText(number: number): string {
  return new Intl.NumberFormat("en").format(number);
}

/** `28 Nov 2026, 12:31`, in the zone of the browser. */
export function timeText(timestamp: string): string {
  return new Date(timestamp).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

/** `1 line`, `2 lines`. */
export function countText(count: number, noun: string): string {
  return `${numberText(count)} ${noun}${count === 1 ? "" : "s"}`;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
