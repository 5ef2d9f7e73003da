import { createHmac } from "node:crypto";
import { type SubjectMatching, subjectKey } from "@/domain/assignments/subject";

/** One log per kind: seats taken and released, or minutes used, at a deployment without a network. */
export type LogKind = "assignments" | "consumption";
export const LOG_KINDS = ["assignments", "consumption"] as const satisfies LogKind[];

/** The first line: which license, source and checkout the log belongs to. */
export type LogHeader = {
  v: 1;
  kind: LogKind;
  log: string;
  license: string;
  /** The checkout whose signed definition started the log; its key chains the lines. */
  checkout: string;
  source: string;
  userAgent: string;
  created: string;
  sequence: 0;
  hash: string;
};

/** A seat that was taken, or released if it has `deleted`. `subject` is a hash. */
export type AssignmentLine = {
  sequence: number;
  at: string;
  instance: "";
  version: 0;
  allotment: string;
  subject: string;
  created: string;
  deleted?: string;
  auto?: boolean;
  hash: string;
};

export type ConsumptionLine = {
  sequence: number;
  at: string;
  allotment: string;
  month: string;
  minutes: number;
  hash: string;
};

export type LogLine = AssignmentLine | ConsumptionLine;
export type LogRecord = LogHeader | LogLine;

type Unhashed<Part> = Part extends LogRecord ? Omit<Part, "hash"> : never;

/**
 * The hash of a line: HMAC-SHA-256, in hex, over the hash before it, a line feed, and the line's members except
 * `hash` as JSON with sorted keys. The first line has an empty hash before it.
 */
export function lineHash(key: Uint8Array, before: string, line: object): string {
  return createHmac("sha256", key)
    .update(`${before}\n${sortedJson(line, "hash")}`)
    .digest("hex");
}

/** A line with its sequence and hash in the chain. */
export function chainedLine<Part extends Unhashed<LogRecord>>(
  key: Uint8Array,
  before: string,
  line: Part,
): Part & { hash: string } {
  return { ...line, hash: lineHash(key, before, line) };
}

/** A whole log: its header and the lines after it, chained. */
export function logText(
  key: Uint8Array,
  header: Omit<LogHeader, "hash" | "sequence" | "v">,
  lines: readonly object[],
): string {
  const numbered = lines.map((line, i) => ({ ...line, sequence: i + 1 }));
  let hash = "";
  return [{ v: 1, ...header, sequence: 0 }, ...numbered]
    .map((part) => {
      hash = lineHash(key, hash, part);
      return `${JSON.stringify({ ...part, hash })}\n`;
    })
    .join("");
}

/** A key as a signed definition carries it, in hex. */
export function keyBytes(text: string): Uint8Array {
  return Buffer.from(text, "hex");
}

/** The hash of a subject in a log: HMAC-SHA-256 over its subject key, keyed with the license's salt. */
export function subjectHash(salt: Uint8Array, subject: string, matching: SubjectMatching): string {
  return createHmac("sha256", salt).update(subjectKey(subject, matching)).digest("hex");
}

/** Whether a text is a hash as logs carry it: ours have 64 digits, those of other systems 32 or 64. */
export function isSubjectHash(text: unknown): text is string {
  return typeof text === "string" && /^(?:[0-9a-f]{32}|[0-9a-f]{64})$/i.test(text);
}

/** JSON with the members sorted by name at every depth; `without` is left out at the top. */
function sortedJson(value: unknown, without?: string): string {
  if (Array.isArray(value)) return `[${value.map((each) => sortedJson(each)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = value as Record<string, unknown>;
  const texts: string[] = [];
  for (const name of Object.keys(members).sort()) {
    if (name === without || members[name] === undefined) continue;
    texts.push(`${JSON.stringify(name)}:${sortedJson(members[name])}`);
  }
  return `{${texts.join(",")}}`;
}
