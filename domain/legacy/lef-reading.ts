import type { Definition, Parameter } from "@/domain/licenses/definition";
import { checkOf, ISSUER_LINE, invalidLine, type LefCheck, type LefLine, parseLef } from "./lef";
import { MOST_SEATS, readCount, readDates, seatAllotment } from "./lef-fields";
import { maintenanceOf, productOfLevel, USUAL_PRODUCT } from "./lef-products";

/** `kept` is carried over without a meaning here; `dropped` can't be carried over. */
export type LefMeaning = "understood" | "kept" | "dropped";
export type ReadLine = { line: number; text: string; meaning: LefMeaning; note: string };

/** The definition that a file describes, line by line. */
export type LefReading = { serial: string; definition: Definition; check: LefCheck; lines: ReadLine[] };

type Draft = Omit<Definition, "product"> & { product?: string; isLimited: boolean };
type Said = { meaning: LefMeaning; note: string };
type Reader = (line: LefLine, draft: Draft) => Said;

const CHECK_LABELS: Record<LefCheck, Said> = {
  ok: understood("Check code: matches the lines above."),
  foreign: { meaning: "kept", note: "Check code from another issuer: it can't be verified here." },
  absent: { meaning: "kept", note: "" },
};
const TO_PARAMETER = /^(GEO.*|PURPOSE|WEBCONNECTORS)$/;

/** Reads a file as a definition. Throws `INVALID_LEF` with the line, or `LEF_CHECK_FAILED`. */
export function readLef(text: string): LefReading {
  const lef = parseLef(text);
  const check = checkOf(lef);
  const draft: Draft = { valid: "", trial: false, allotments: [], parameters: [], isLimited: false };
  const lines = lef.lines.map((line) => ({
    line: line.line,
    text: line.text,
    ...readerOf(line)(line, draft),
  }));
  const { product = USUAL_PRODUCT, isLimited: _, ...rest } = draft;
  const assumed = draft.product ? "" : `No line names a known product, so ${USUAL_PRODUCT} is assumed.`;
  const head = { line: 1, text: lef.head, ...understood(`The license number.${assumed}`) };
  const code = lef.code ? [{ line: lines.length + 2, text: lef.code, ...CHECK_LABELS[check] }] : [];
  return { serial: lef.serial, definition: { product, ...rest }, check, lines: [head, ...lines, ...code] };
}

const READERS: Record<string, Reader> = {
  ISSUER: (line, draft) =>
    line.text === ISSUER_LINE
      ? understood("Issued by Signet, so the check code must match.")
      : keep(line, draft),
  PRODUCTLEVEL: readLevel,
  TIMELIMIT: readLimit,
  PROFESSIONAL: (line, draft) => readSeats("professional", line, draft),
  ANALYZER: (line, draft) => readSeats("analyzer", line, draft),
  OVERAGE: readOverage,
  TOKENS: () => dropped("Tokens have no equivalent in seats. Assign professional or analyzer seats instead."),
  IGNORE_TOKENS: () => dropped("Applies to tokens only, which have no equivalent here."),
};

function readerOf({ attribute }: LefLine): Reader {
  const key = attribute.toUpperCase();
  const reader = Object.hasOwn(READERS, key) ? READERS[key] : undefined;
  return reader ?? ((line, draft) => keep(line, draft));
}

/** The first known level names the product. Its dates are those of maintenance. */
function readLevel(line: LefLine, draft: Draft): Said {
  const { value } = line;
  const product = productOfLevel(value);
  if (!product || draft.product) return keep(line, draft);
  draft.product = product;
  draft.parameters.push(...maintenanceOf(product, value, validityIn(line)));
  const end = line.to === "" ? "" : ` Maintenance until ${line.to}: products keep working after that date.`;
  return understood(`Product ${product}.${end}`);
}

function readLimit(line: LefLine, draft: Draft): Said {
  if (draft.isLimited) throw invalidLine(line.line, "A second TIMELIMIT. Keep only the right one.");
  draft.isLimited = true;
  draft.valid = validityIn(line);
  const begin = line.from === "" ? "" : ` from ${line.from}`;
  return understood(
    `The license is valid${begin} ${line.to === "" ? "without an end" : `until ${line.to}`}.`,
  );
}

function readSeats(name: string, line: LefLine, draft: Draft): Said {
  const count = countIn(line);
  const units = { count, valid: validityIn(line) };
  const known = draft.allotments.find((allotment) => allotment.name === name);
  if (known) known.units.push(units);
  else draft.allotments.push(seatAllotment(name, [units]));
  return understood(`${count} ${name} ${count === 1 ? "seat" : "seats"}.`);
}

function readOverage(line: LefLine, draft: Draft): Said {
  validityIn(line);
  if (line.value === "NO") return understood("No overage.");
  if (line.value !== "YES") countIn(line, "NO, YES or a whole number");
  draft.parameters.push(parameterIn(line));
  return { meaning: "kept", note: "Overage is for minutes, which need a signed key. Kept as a parameter." };
}

function keep(line: LefLine, draft: Draft): Said {
  const parameter = parameterIn(line);
  draft.parameters.push(parameter);
  if (TO_PARAMETER.test(parameter.name)) return understood(`Becomes the parameter ${parameter.name}.`);
  return {
    meaning: "kept",
    note: `Unknown line. Kept as the parameter ${parameter.name}, with no effect.`,
  };
}

/** The dates of an unknown attribute are kept beside its value, even if unreadable. */
function parameterIn(line: LefLine): Parameter {
  const { value, from, to } = line;
  const dates = readDates(from, to);
  const isReadable = "valid" in dates;
  if (!isReadable && dates.isReversed) throw invalidLine(line.line, dates.why);
  const values = { ...(value === "" ? {} : { value }), ...(isReadable ? {} : { from, to }) };
  const name = line.attribute.toUpperCase();
  const held = Object.keys(values).length > 0 ? { values } : {};
  return { name, valid: isReadable ? dates.valid : "", ...held };
}

function countIn({ line, attribute, value }: LefLine, what = "a whole number of seats"): number {
  const count = readCount(value);
  if (count !== null) return count;
  const most = MOST_SEATS.toLocaleString("en");
  throw invalidLine(line, `${attribute.toUpperCase()} must be ${what}, at most ${most}.`);
}

function validityIn({ line, from, to }: LefLine): string {
  const dates = readDates(from, to);
  if ("valid" in dates) return dates.valid;
  throw invalidLine(line, dates.why);
}

function understood(note: string): Said {
  return { meaning: "understood", note };
}

function dropped(note: string): Said {
  return { meaning: "dropped", note };
}
