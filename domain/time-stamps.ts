/** A time in the name of a file: `20261129T034500Z`. Such names sort by time. */
export function stampOf(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d+/g, "");
}

/** The time of a stamp, which `STAMP` matches. */
export function timeOfStamp(stamp: string): Date {
  return new Date(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

/** The form of a stamp, for the patterns of names. */
export const STAMP = String.raw`\d{8}T\d{6}Z`;
