import { checkDigits } from "@/domain/check-digits";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { Refusal } from "@/domain/refusals/refusal";

/** One line `ATTRIBUTE;VALUE;VALIDFROM;VALIDTO` as it was given, with its fields; counted from 1 in the file. */
export type LefLine = {
  line: number;
  text: string;
  attribute: string;
  value: string;
  from: string;
  to: string;
};

/** A license enabler file: the older text form of a license. */
export type Lef = {
  serial: string;
  /** The first line as it was given. */
  head: string;
  lines: LefLine[];
  /** The last line, the check code; null if there is none. */
  code: string | null;
};

/** `ok`: issued by Signet, and the code matches. `foreign`: from another issuer, which can't be verified here. */
export type LefCheck = "ok" | "foreign" | "absent";

const MOST_LINES = 3000;
const MOST_IN_A_LINE = 1000;
const ATTRIBUTE = /^[A-Za-z][A-Za-z0-9_.-]*$/;
const CODE = /^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/i;
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}]/u;

/** The line that marks a file as issued by Signet; with it the check code is required and must match. */
export const ISSUER_LINE = "ISSUER;signet;;";

/** Parses a file with LF or CRLF. Throws `INVALID_LEF` with the line. `checkOf` verifies the check code. */
export function parseLef(text: string): Lef {
  const [head = "", ...rest] = linesOf(text);
  const serial = parseLicenseNumber(head);
  if (!serial)
    throw invalidLine(
      1,
      "The first line of a LEF is the serial number: 16 digits. Copy the file from there.",
    );
  const last = rest.at(-1);
  const code = last !== undefined && CODE.test(last) ? last : null;
  const lines = (code ? rest.slice(0, -1) : rest).map((each, index) => readLine(each, index + 2));
  if (lines.length === 0)
    throw invalidLine(
      1,
      "The file was cut off after the serial number. Copy the whole file, including its last line.",
    );
  return { serial, head, lines, code };
}

/** The canonical text: LF, without trailing spaces. */
export function printLef({ head, lines, code }: Lef): string {
  return lefText([head, ...lines.map(({ text }) => text), ...(code ? [code] : [])]);
}

/** Verifies the check code. Throws `LEF_CHECK_FAILED` if a file of ours has a wrong one or none. */
export function checkOf(lef: Lef): LefCheck {
  if (!lef.lines.some(({ text }) => text === ISSUER_LINE)) return lef.code ? "foreign" : "absent";
  if (lef.code?.toUpperCase() === checkCode(lef)) return "ok";
  const why = lef.code
    ? "The check code doesn't match: a line was changed."
    : "The check code at the end is missing: the file was cut off.";
  throw new Refusal("LEF_CHECK_FAILED", `${why} Copy the whole file again.`);
}

/** The check code over the lines before it, each with its line feed. */
export function checkCode({ head, lines }: Pick<Lef, "head" | "lines">): string {
  return checkDigits(lefText([head, ...lines.map(({ text }) => text)]));
}

/** The lines as a file has them, each with its line feed. */
export function lefText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

export function invalidLine(line: number, why: string): Refusal {
  const fault = { code: "INVALID_LEF", title: `Line ${line}: ${why}`, pointer: `/lines/${line}` };
  return new Refusal("INVALID_LEF", fault.title, { faults: [fault] });
}

/** Refuses a file of another license than the wanted one. */
export function refuseOtherSerial({ serial }: Pick<Lef, "serial">, wanted: string): void {
  if (serial !== wanted)
    throw invalidLine(1, `This LEF is for the license ${serial}, not for ${wanted}. Choose the right file.`);
}

/** Whether a text can be a field of a line. */
export function fitsField(text: string): boolean {
  return (
    text.length <= MOST_IN_A_LINE / 4 && !text.includes(";") && !HIDDEN.test(text) && text === text.trim()
  );
}

export function isAttribute(name: string): boolean {
  return ATTRIBUTE.test(name) && name.length <= 200;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/[ \t]+$/, ""));
  while (lines.length > 1 && lines.at(-1) === "") lines.pop();
  if (lines.length > MOST_LINES)
    throw invalidLine(MOST_LINES + 1, `A LEF can have at most ${MOST_LINES} lines.`);
  return lines;
}

function readLine(text: string, line: number): LefLine {
  const why = whyNoLine(text);
  if (why) throw invalidLine(line, why);
  const [attribute = "", value = "", from = "", to = ""] = text.split(";");
  return { line, text, attribute, value, from, to };
}

function whyNoLine(text: string): string | null {
  if (text === "") return "It is empty. Remove empty lines.";
  if (text.length > MOST_IN_A_LINE) return `It is longer than ${MOST_IN_A_LINE} characters.`;
  if (HIDDEN.test(text)) return "It contains an invisible character. Copy the file again as plain text.";
  if (parseLicenseNumber(text)) return "A second serial number. A LEF is for one license: split the file.";
  if (CODE.test(text)) return "The check code isn't on the last line. Remove the lines after it.";
  const fields = text.split(";");
  if (fields.length === 4 && ATTRIBUTE.test(fields[0] ?? "")) return null;
  return "It isn't ATTRIBUTE;VALUE;VALIDFROM;VALIDTO. The file was cut off or changed: copy the whole file.";
}
