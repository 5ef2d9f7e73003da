import { checkDigits } from "@/domain/check-digits";
import {
  type Allotment,
  type Definition,
  definitionFor,
  nameKey,
  type Parameter,
} from "@/domain/licenses/definition";
import { daysOf } from "@/domain/licenses/validity";
import { fitsField, ISSUER_LINE, isAttribute, lefText } from "./lef";
import { levelOfProduct, MAINTENANCE, productOfLevel } from "./lef-products";

/** A definition in the older text form, and the names of the parts that this form can't express. */
export type WrittenLef = { lef: string; omitted: string[] };

const SEATS: Record<string, string> = { professional: "PROFESSIONAL", analyzer: "ANALYZER" };
/** Names written from other parts of a definition; a parameter with such a name would be read as that part. */
const RESERVED = ["ISSUER", "TIMELIMIT", "PROFESSIONAL", "ANALYZER", "TOKENS", "IGNORE_TOKENS"];
const OVERAGE = "OVERAGE";
const PRODUCTLEVEL = "PRODUCTLEVEL";

/** Writes a license as a LEF issued by Signet, with its check code. */
export function writeLef(serial: string, whole: Definition): WrittenLef {
  const omitted: string[] = [];
  const definition = definitionFor(whole, whole.product);
  const seen = new Set<object>([...definition.allotments, ...definition.parameters]);
  for (const part of [...whole.allotments, ...whole.parameters]) if (!seen.has(part)) omitted.push(part.name);
  const lines = [
    ISSUER_LINE,
    ...levelLines(definition, omitted),
    ...limitLines(definition),
    ...overageLines(definition),
    ...definition.allotments.flatMap((allotment) => written(allotment.name, seatLines(allotment), omitted)),
    ...definition.parameters.flatMap((parameter) =>
      isCarried(parameter) ? [] : written(parameter.name, parameterLines(parameter), omitted),
    ),
  ];
  if (definition.trial) omitted.push("trial");
  const text = lefText([serial, ...lines]);
  return { lef: text + lefText([checkDigits(text)]), omitted };
}

function written(name: string, lines: string[] | null, omitted: string[]): string[] {
  if (!lines) omitted.push(name);
  return lines ?? [];
}

function levelLines({ product, parameters }: Definition, omitted: string[]): string[] {
  const usual = levelOfProduct(product);
  if (usual === undefined) {
    omitted.push("product", ...parameters.filter(isCarried).map(({ name }) => name));
    return [];
  }
  const kept = parameters.find(isCarried);
  const level = String(kept?.values?.level ?? "");
  const dates = datesOf(kept?.valid ?? "");
  return [`${PRODUCTLEVEL};${productOfLevel(level) === product ? level : usual};${dates}`];
}

/** Whether PRODUCTLEVEL carries the parameter. */
function isCarried({ name }: Parameter): boolean {
  return name === MAINTENANCE;
}

function limitLines({ valid }: Definition): string[] {
  const dates = datesOf(valid);
  return dates === ";" ? [] : [`TIMELIMIT;;${dates}`];
}

function overageLines({ parameters }: Definition): string[] {
  const hasOwn = parameters.some((parameter) => parameter.name === OVERAGE && parameterLines(parameter));
  return hasOwn ? [] : [`${OVERAGE};NO;;`];
}

/** Seat lines for the two allotments that the form has; time allotments and all others need a signed key. */
function seatLines({ name, usage, units }: Allotment): string[] | null {
  const attribute = SEATS[nameKey(name)];
  if (usage.class !== "assigned" || !attribute) return null;
  return units.map(({ count, valid }) => `${attribute};${count};${datesOf(valid)}`);
}

/** The lines of a parameter; null if it is more than a text with dates. */
function parameterLines({ name, valid, values = {}, access, products }: Parameter): string[] | null {
  if (!isAttribute(name) || name !== name.toUpperCase() || RESERVED.includes(name)) return null;
  if (access?.allotment !== undefined || products) return null;
  if (name === OVERAGE && !/^(YES|[0-9]{1,9})$/.test(String(values.value))) return null;
  const { value = "", from = "", to = "", ...others } = values;
  if (Object.keys(others).length > 0 || ![value, from, to].every(isField)) return null;
  const isRaw = from !== "" || to !== "";
  if (isRaw && valid !== "") return null;
  return [`${name};${value};${isRaw ? `${from};${to}` : datesOf(valid)}`];
}

function isField(text: unknown): text is string {
  return typeof text === "string" && fitsField(text);
}

function datesOf(valid: string): string {
  const { first, last } = daysOf(valid) ?? { first: "", last: "" };
  return `${first};${last}`;
}
