import { type DateStyle, dateText } from "@/domain/dates/date-style";
import { isDay } from "@/domain/month";

/** A value to choose, in a group of values if it has one. */
export type Choice = { value: string; name: string; group?: string };

/** A filter of a list, by the parameter of the URL that it sets; an empty value doesn't filter. */
export type Field =
  /** A select field; `any` is its first option, which means "no filter". */
  | { kind?: "choice"; name: string; label: string; any: string; value: string; choices: readonly Choice[] }
  | { kind: "text"; name: string; label: string; value: string }
  /** A UTC day, `YYYY-MM-DD`, or what was typed and can't be read; that doesn't filter. */
  | { kind: "day"; name: string; label: string; value: string };

/** Parameters of the URL that say where in the list one is; new filters start at its beginning. */
export const POSITION: readonly string[] = ["cursor", "open"];

/** At most this many select fields fit beside the search. */
const FEW = 3;

/** Whether the fields need a line of their own, which is folded until somebody wants it. */
export function areMany(fields: readonly Field[]): boolean {
  return fields.length > FEW || fields.some(({ kind = "choice" }) => kind !== "choice");
}

/** The fields that filter and are set; the order of a list is no filter. */
export function setFields(fields: readonly Field[]): readonly Field[] {
  return fields.filter(({ name, value }) => name !== "sort" && value !== "");
}

/** What a field filters by, such as `Suspended` or `From 28 Nov 2026`. */
export function fieldText(field: Field, dates: DateStyle): string {
  if (field.kind === "day" && isDay(field.value)) return `${field.label} ${dateText(field.value, dates)}`;
  if (field.kind === "day" || field.kind === "text") return `${field.label}: “${field.value}”`;
  return field.choices.find(({ value }) => value === field.value)?.name ?? field.value;
}

/** The address of a list without some parameters, at its beginning. */
export function addressWithout(
  path: string,
  params: Iterable<[string, string]>,
  names: readonly string[],
): string {
  const rest = [...params].filter(([name]) => !names.includes(name) && !POSITION.includes(name));
  return rest.length > 0 ? `${path}?${new URLSearchParams(rest)}` : path;
}
