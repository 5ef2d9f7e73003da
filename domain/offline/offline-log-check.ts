import { parseMonth } from "@/domain/month";
import { isPlainText } from "@/domain/text";
import { parseTimestamp } from "@/domain/timestamp";
import { isUuid } from "@/domain/uuid";
import { isSubjectHash, type LogHeader, type LogKind, type LogLine, lineHash } from "./offline-log";

/** What is wrong with a line, as a sentence; `line` counts from 0, so that it fits a JSON pointer. */
export type LogDamage = { line: number; reason: string };

export type Read<Part> = { part: Part; damage?: undefined } | { damage: LogDamage; part?: undefined };

/** The state of a log's chain between two lines: the last line's sequence and hash. */
export type ChainState = { sequence: number; hash: string };

const MOST_MINUTES = 1_000_000_000;
const HASH = /^[0-9a-f]{64}$/;

type Members = Record<string, unknown>;
type Check = readonly [member: string, isRight: (value: unknown) => boolean, should: string];

const isTime = (value: unknown) => parseTimestamp(value) !== null;
const isHash = (value: unknown) => typeof value === "string" && HASH.test(value);
const isName = (value: unknown) => isPlainText(value) && value.trim() !== "";
const isId = (value: unknown) => typeof value === "string" && isUuid(value);
const orAbsent = (isRight: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || value === null || isRight(value);

const COMMON: Check[] = [
  ["sequence", (value) => Number.isSafeInteger(value) && Number(value) >= 1, "a whole number from 1"],
  ["at", isTime, "an RFC 3339 time"],
  ["allotment", isName, "the name of an allotment"],
  ["hash", isHash, "64 hex digits"],
];

const LINES: Record<LogKind, Check[]> = {
  assignments: [
    ...COMMON,
    ["instance", orAbsent((value) => value === ""), "empty"],
    ["version", orAbsent((value) => value === 0), "0"],
    ["subject", isSubjectHash, "a hash of 32 or 64 hex digits"],
    ["created", isTime, "an RFC 3339 time"],
    ["deleted", orAbsent(isTime), "an RFC 3339 time"],
    ["auto", orAbsent((value) => typeof value === "boolean"), "true or false"],
  ],
  consumption: [
    ...COMMON,
    ["month", (value) => parseMonth(value) !== null, "a month, YYYY-MM"],
    ["minutes", isMinutes, "a whole number from 0 to 1,000,000,000"],
  ],
};

const HEADER: Check[] = [
  ["v", (value) => value === 1, "1"],
  ["kind", (value) => value === "assignments" || value === "consumption", "assignments or consumption"],
  ["log", isId, "a UUID"],
  ["license", isName, "a license number"],
  ["checkout", isId, "a UUID"],
  ["source", isName, "a source"],
  ["userAgent", (value) => isPlainText(value), "text"],
  ["created", isTime, "an RFC 3339 time"],
  ["sequence", (value) => value === 0, "0"],
  ["hash", isHash, "64 hex digits"],
];

/** Reads the first line of a log, or says what is wrong with it. */
export function readHeader(text: string): Read<LogHeader> {
  return readPart<LogHeader>(text, HEADER, 0);
}

/** Reads any other line, or says what is wrong with it. */
export function readLine(text: string, kind: LogKind, line: number): Read<LogLine> {
  return readPart<LogLine>(text, LINES[kind], line);
}

/** Whether the chain begins with this header. A wrong hash can also mean the key of another checkout. */
export function isHeaderProven(key: Uint8Array, header: LogHeader): boolean {
  return lineHash(key, "", header) === header.hash;
}

/**
 * What is wrong with a line that follows `before`; null if it continues the chain. The first line after the header
 * may have any sequence: a file with only later lines is proven by what is known of the earlier ones.
 */
export function linkDamage(
  key: Uint8Array,
  before: ChainState,
  part: LogLine,
  line: number,
): LogDamage | null {
  const isLater = before.sequence === 0 && part.sequence > 1;
  if (isLater) return null;
  if (part.sequence !== before.sequence + 1) return { line, reason: outOfOrder(before, part) };
  if (lineHash(key, before.hash, part) !== part.hash)
    return { line, reason: "Its hash doesn't match: this line, or the one before it, was changed." };
  return null;
}

/** The damage for people, whose editors count lines from 1. */
export function damageText({ line, reason }: LogDamage): string {
  return `Line ${line + 1} of the log can't be used. ${reason}`;
}

function outOfOrder({ sequence }: ChainState, part: LogLine): string {
  if (part.sequence <= sequence)
    return `Its sequence is ${part.sequence} after ${sequence}: lines are out of order.`;
  return `Its sequence is ${part.sequence} after ${sequence}: lines are missing.`;
}

function readPart<Part>(text: string, checks: readonly Check[], line: number): Read<Part> {
  const members = membersIn(text);
  if (!members)
    return { damage: { line, reason: text.trim() === "" ? "It is empty." : "It is not a JSON object." } };
  const reason = wrongMember(members, checks);
  // The checks above proved every member of a part.
  return reason ? { damage: { line, reason } } : { part: members as Part };
}

function wrongMember(members: Members, checks: readonly Check[]): string | null {
  const wrong = checks.find(([member, isRight]) => !isRight(members[member]));
  return wrong ? `\`${wrong[0]}\` should be ${wrong[2]}.` : null;
}

function membersIn(text: string): Members | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : null;
  } catch {
    return null;
  }
}

function isMinutes(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= MOST_MINUTES;
}
