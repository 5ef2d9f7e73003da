import { type DateStyle, dateText } from "@/domain/dates/date-style";
import type { Allotment, Definition, Overage, Units } from "@/domain/licenses/definition";
import type { DefinitionChange } from "@/domain/licenses/definition-changes";
import type { UnitsSpan } from "@/domain/licenses/units-spans";
import { contains, parseValidity } from "@/domain/licenses/validity";
import { overageText } from "./allotment-labels";
import { NO_END, validityText } from "./license-labels";
import { count, counted } from "./numbers";

const FIELDS: Record<string, string> = {
  name: "name",
  usage: "what it counts",
  provisions: "access types",
  units: "units",
  overage: "overage",
  products: "products",
};
const PLAIN: Record<string, string> = {
  product: "Product",
  valid: "Valid",
  trial: "Trial",
  parameters: "Parameters",
};

/** The changed field of a definition, such as `analyzer, units`. */
export function changedField({ path }: DefinitionChange): string {
  const plain = PLAIN[path];
  if (plain) return plain;
  const field = fieldOf(path);
  const name = path.slice("allotments/".length, field ? -(field.length + 1) : undefined);
  return field ? `${name}, ${FIELDS[field]}` : name;
}

/** One side of a change as text; a dash if there was nothing. */
export function changedValue({ path }: DefinitionChange, value: unknown, dates: DateStyle): string {
  if (path === "trial") return value ? "yes" : "no";
  if (path === "valid") return validityText(String(value), dates);
  const field = fieldOf(path);
  // The domain guarantees the type of each field.
  if (field === "units") return unitsWords(value as Units[], dates);
  if (field === "overage") return overageText((value as Overage | undefined) ?? 0);
  if (field === "usage") return usageText(value as Allotment["usage"]);
  if (field === "provisions")
    return (value as Allotment["provisions"]).map(({ accessType }) => accessType).join(", ") || "none";
  if (field === "products") return (value as string[] | undefined)?.join(", ") ?? "all products";
  if (value === undefined) return "–";
  if (path.startsWith("allotments/") && !field) return allotmentWords(value as Allotment, dates);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a definition entitles to: `QSEfW, 10 professional, 6,000 analyzer_time, 1 Jan 2027 to 31 Dec 2027`. */
export function entitlementsText(definition: Definition, dates: DateStyle): string {
  const { product, allotments, valid, trial } = definition;
  const units = allotments.map(({ name, units: rows, overage = 0 }) => {
    const numbers = rows.map((row) => count(row.count)).join(" + ");
    return `${numbers} ${name}${overage === 0 ? "" : `, overage ${overageText(overage)}`}`;
  });
  return [product, ...units, validityText(valid, dates), ...(trial ? ["trial"] : [])].join(", ");
}

/** The state of units: `in force`, `from 1 Nov 2026`, `ended 31 Dec 2025`; empty if the validity can't be read. */
export function unitsState(valid: string, now: Date, dates: DateStyle): string {
  const interval = parseValidity(valid);
  if (!interval) return "";
  if (contains(interval, now)) return "in force";
  if (interval.from && now < interval.from) return `from ${dateText(interval.from, dates)}`;
  return interval.to ? `ended ${dateText(new Date(interval.to.getTime() - 1), dates)}` : "";
}

/** Units over time: `None until 31 Dec 2025, 400 from 1 Jan 2026 (now), 450 from 1 Nov 2026`. */
export function spansText(spans: UnitsSpan[], now: Date, dates: DateStyle): string {
  const [first] = spans;
  if (spans.length === 1 && first) return `${amountWords(first.units)}, no end date`;
  const words = spans.map((span) => {
    const mark = contains(span, now) ? " (now)" : "";
    return `${amountWords(span.units)} ${spanDays(span, dates)}${mark}`;
  });
  return words.join(", ");
}

function spanDays({ from, to }: UnitsSpan, dates: DateStyle): string {
  if (from) return `from ${dateText(from, dates)}`;
  return to ? `until ${dateText(new Date(to.getTime() - 1), dates)}` : "";
}

function amountWords(units: number): string {
  return units === 0 ? "none" : count(units);
}

export function usageText({ class: kind, minimum }: Allotment["usage"]): string {
  if (kind === "assigned") return "seats";
  return minimum === 1 ? "minutes" : `minutes, in blocks of ${count(minimum)}`;
}

function allotmentWords({ usage, units }: Allotment, dates: DateStyle): string {
  return `${unitsWords(units, dates)} ${usage.class === "assigned" ? "seats" : "minutes"}`;
}

function unitsWords(units: Units[], dates: DateStyle): string {
  if (units.length === 0) return "none";
  return units
    .map(({ count: amount, valid }) => `${count(amount)}${validitySuffix(valid, dates)}`)
    .join("; ");
}

function validitySuffix(valid: string, dates: DateStyle): string {
  if (!parseValidity(valid)) return "";
  const words = validityText(valid, dates);
  return words === NO_END ? `, ${words}` : ` ${words}`;
}

function fieldOf(path: string): string | undefined {
  const last = path.split("/").at(-1) ?? "";
  return path.split("/").length > 2 && last in FIELDS ? last : undefined;
}

/** The number of changes, such as `2 changes`. */
export function changesText(changes: readonly DefinitionChange[]): string {
  return changes.length === 0 ? "No change" : counted(changes.length, "change");
}
