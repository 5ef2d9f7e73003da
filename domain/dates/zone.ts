/** A time zone by its IANA name, such as `Europe/Berlin`. */
export type Zone = string;

export const UTC: Zone = "UTC";

/** A moment in a zone. */
export type ZonedTime = {
  /** The calendar date there, `YYYY-MM-DD`. */
  date: string;
  hour: number;
  minute: number;
  second: number;
  /** Minutes that its clocks are ahead of UTC at this moment, or behind if negative. */
  offset: number;
};

const MINUTE = 60_000;

/**
 * Whether the running program knows the zone. Its data decide: a zone of this year may be unknown to a browser of last
 * year. Offsets such as `+01:00`, which newer programs take for zones, are not names.
 */
export function isZone(text: unknown): text is Zone {
  return typeof text === "string" && /^[a-z][a-z0-9_+/-]{1,63}$/i.test(text) && formatFor(text) !== null;
}

/** A moment in a zone; in UTC if the running program doesn't know the zone. */
export function inZone(at: Date, zone: Zone): ZonedTime {
  const format = zone === UTC ? null : formatFor(zone);
  const local = format ? localTime(format, at) : at;
  const [date = "", clock = ""] = local.toISOString().split("T");
  const [hour = 0, minute = 0, second = 0] = clock.slice(0, 8).split(":").map(Number);
  const whole = Math.floor(at.getTime() / 1000) * 1000;
  const offset = format ? Math.round((local.getTime() - whole) / MINUTE) : 0;
  return { date, hour, minute, second, offset };
}

/** The name of a zone in short texts: `Berlin` for `Europe/Berlin`; UTC for one that this program doesn't know. */
export function zoneName(zone: Zone): string {
  if (zone === UTC || formatFor(zone) === null) return UTC;
  if (zone.startsWith("Etc/")) return zone;
  return zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
}

/** An offset as `UTC+2`, `UTC−3:30` or `UTC`. */
export function offsetText(offset: number): string {
  const size = Math.abs(offset);
  const rest = size % 60;
  const minutes = rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`;
  if (size === 0) return UTC;
  return `${UTC}${offset < 0 ? "\u2212" : "+"}${Math.floor(size / 60)}${minutes}`;
}

/** The zone that a person typed, in any case; null if this program doesn't know it. All names of UTC are `UTC`. */
export function parseZone(text: string): Zone | null {
  const typed = text.trim();
  if (!isZone(typed)) return null;
  if (formatFor(typed)?.resolvedOptions().timeZone === UTC) return UTC;
  return zones().find((zone) => zone.toLowerCase() === typed.toLowerCase()) ?? typed;
}

/** The zones that a person can choose from: UTC, then by name. */
export function zones(): Zone[] {
  const known = Intl.supportedValuesOf("timeZone").map((zone) => RENAMED[zone] ?? zone);
  const others = [...new Set(known)].filter((zone) => zone !== UTC && isZone(zone));
  return [UTC, ...others.sort((one, other) => (one < other ? -1 : 1))];
}

/** Names that Unicode's data keep, and the names that the same zones have today. */
const RENAMED: Record<string, Zone> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

const formats = new Map<Zone, Intl.DateTimeFormat>();

/** The format of a zone, null if it's unknown. Making one is slow, so the good ones are kept. */
function formatFor(zone: Zone): Intl.DateTimeFormat | null {
  const kept = formats.get(zone);
  if (kept) return kept;
  try {
    const format = new Intl.DateTimeFormat("en", { ...FIELDS, timeZone: zone });
    formats.set(zone, format);
    return format;
  } catch {
    return null;
  }
}

const FIELDS: Intl.DateTimeFormatOptions = {
  ...{ calendar: "gregory", numberingSystem: "latn", hourCycle: "h23", era: "short" },
  ...{ year: "numeric", month: "numeric", day: "numeric" },
  ...{ hour: "numeric", minute: "numeric", second: "numeric" },
};

/** The clock's time in the zone of the format, as if it were UTC. */
function localTime(format: Intl.DateTimeFormat, at: Date): Date {
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const [year = 0, month = 1, day = 1] = [parts.year, parts.month, parts.day].map(Number);
  const [hour = 0, minute = 0, second = 0] = [parts.hour, parts.minute, parts.second].map(Number);
  const local = new Date(0);
  local.setUTCFullYear(parts.era === "BC" ? 1 - year : year, month - 1, day);
  local.setUTCHours(hour, minute, second);
  return local;
}
