const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/i;
/**
 * The length of a time as most programs write it, in UTC with milliseconds. `Date` reads such a time several times as
 * fast.
 */
const PLAIN_LENGTH = "2026-08-24T10:00:00.000Z".length;
const FIRST = Date.UTC(1970, 0, 1);
const END = Date.UTC(10_000, 0, 1);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** An RFC 3339 time with any fraction and offset, cut to milliseconds; null if there is no such moment from 1970 to 9999. */
export function parseTimestamp(text: unknown): Date | null {
  if (typeof text !== "string") return null;
  const plain = text.length === PLAIN_LENGTH ? Date.parse(text) : Number.NaN;
  if (plain >= FIRST && plain < END && new Date(plain).toISOString() === text) return new Date(plain);
  const match = RFC_3339.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour, minute, second] = match.slice(1, 7).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) return null;
  const fraction = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const offset = (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * (match[8] === "-" ? -1 : 1);
  const time = Date.UTC(year, month - 1, day, hour, minute, second, fraction) - offset * MINUTE;
  if (second === 60 && time % DAY >= 1000) return null;
  return time >= FIRST && time < END ? new Date(time) : null;
}

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
