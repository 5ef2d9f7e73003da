import type { FieldError } from "./refusal";

/** An issue that a schema found in a value, in zod's form; `input` is the value. */
export type FieldIssue = {
  code?: string;
  message?: string;
  input?: unknown;
  expected?: string;
  values?: readonly unknown[];
  options?: readonly unknown[];
  keys?: readonly string[];
  format?: string;
  origin?: string;
  minimum?: number | bigint;
  maximum?: number | bigint;
  inclusive?: boolean;
  divisor?: number;
  errors?: readonly (readonly FieldIssue[])[];
};

type Predicates = Record<string, (issue: FieldIssue) => string>;

const WHOLE_NUMBER = "a whole number";
const TYPES: Record<string, string> = {
  string: "text",
  number: "a number",
  int: WHOLE_NUMBER,
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};
const FORMATS: Record<string, string> = {
  uuid: "must be a UUID",
  email: "must be an email address",
  url: "must be a URL",
  datetime: "must be a time like 2026-08-24T10:00:00Z",
  date: "must be a day like 2026-08-24",
  safeint: `must be ${WHOLE_NUMBER}`,
};
const UNITS: Record<string, string> = { string: "characters", array: "entries" };
const MUST_BE = "must be ";
const INVALID = "isn't valid";

const PREDICATES: Predicates = {
  invalid_type: ({ expected = "" }) => (TYPES[expected] ? `must be ${TYPES[expected]}` : INVALID),
  invalid_value: ({ values = [] }) => `must be ${oneOf(values)}`,
  invalid_format: ({ format = "" }) => FORMATS[format] ?? "doesn't have the expected format",
  invalid_union: ({ options, errors = [] }) => (options ? `must be ${oneOf(options)}` : anyOf(errors)),
  unrecognized_keys: ({ keys = [] }) =>
    `has ${keys.length === 1 ? "an unknown field" : "unknown fields"}: ${keys.join(", ")}`,
  too_small: ({ minimum = 0, ...rest }) => bound("least", minimum, rest),
  too_big: ({ maximum = 0, ...rest }) => bound("most", maximum, rest),
  not_multiple_of: ({ divisor }) => `must be a multiple of ${divisor}`,
};

/** The error of a field, as it follows the field's name: "is required", "must be a number". */
export function fieldPredicate(issue: FieldIssue): string {
  if (issue.input === undefined) return "is required";
  return PREDICATES[issue.code ?? ""]?.(issue) ?? INVALID;
}

/** A field error, with a sentence that names the field if `message` isn't a sentence of its own. */
export function fieldError(code: string, path: readonly PropertyKey[], message: string): FieldError {
  const pointer = path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  const title = /^[a-z]/.test(message) ? `${subjectOf(pointer)} ${message}.` : message;
  return { code: code.toUpperCase(), title, pointer };
}

/** The first of the field errors as a sentence. */
export function fieldErrorsSentence(faults: readonly FieldError[]): string {
  const [first] = faults;
  if (!first) return "Correct it and send it again.";
  const { pointer, title, detail = title } = first;
  const place = pointer && !detail.startsWith(subjectOf(pointer)) ? `${pointer}: ` : "";
  return `${place}${detail}${faults.length > 1 ? ` (and ${faults.length - 1} more)` : ""}`;
}

/** The sentence of a field error where the field itself is beside it: "Must be 16 digits.", "Required." */
export function sentenceBesideField({ pointer = "", title, detail = title }: FieldError): string {
  const name = `${subjectOf(pointer)} `;
  if (pointer === "" || !detail.startsWith(name)) return detail;
  const rest = detail.slice(name.length).replace(/^is /, "");
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** A pointer such as `/allotments/0/name` as `allotments[0].name`. */
function subjectOf(pointer: string): string {
  if (pointer === "") return "The request";
  const parts = pointer
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return parts
    .map((part, nth) => (/^\d+$/.test(part) ? `[${part}]` : `${nth === 0 ? "" : "."}${part}`))
    .join("");
}

function oneOf(values: readonly unknown[]): string {
  return inWords(values.map((value) => (value === null ? "null" : String(value))));
}

/**
 * The wants of a union's branches; a branch that accepted the type, or has a sentence of its own, knows more than the
 * others.
 */
function anyOf(branches: readonly (readonly FieldIssue[])[]): string {
  const firsts = branches.flatMap(([first]) => first ?? []);
  const wanted = firsts.map(({ message = INVALID }) => message);
  const closer = firsts.findIndex(
    ({ code = "" }, nth) =>
      !["invalid_type", "invalid_value"].includes(code) || !wanted[nth]?.startsWith(MUST_BE),
  );
  const own = wanted.length === 0 ? INVALID : wanted[closer];
  return own ?? MUST_BE + inWords(wanted.map((text) => text.slice(MUST_BE.length)));
}

function bound(
  side: "least" | "most",
  size: number | bigint,
  { origin = "", inclusive }: FieldIssue,
): string {
  const units = UNITS[origin];
  if (units && side === "least" && Number(size) === 1) return "must not be empty";
  if (units) return `must have at ${side} ${size.toLocaleString("en")} ${units}`;
  const bounded =
    inclusive === false ? { least: "more than", most: "less than" } : { least: "at least", most: "at most" };
  return `must be ${bounded[side]} ${size.toLocaleString("en")}`;
}

function inWords(choices: readonly string[]): string {
  if (choices.length < 2) return choices.join();
  return `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;
}
