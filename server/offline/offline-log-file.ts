import { setImmediate } from "node:timers/promises";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import type { LogHeader, LogKind, LogLine } from "@/domain/offline/offline-log";
import {
  damageText,
  isHeaderProven,
  type LogDamage,
  linkDamage,
  readHeader,
  readLine,
} from "@/domain/offline/offline-log-check";
import { Refusal } from "@/domain/refusals/refusal";
import { badByteText, readUtf8 } from "@/domain/utf8";
import type { Checkout } from "@/server/checkouts/checkouts";

/** The checkout of a log, and the key that chains its lines. */
export type LogOwner = { checkout: Checkout; key: Uint8Array };

/** A log whose lines were all checked. `first` is the sequence of its first line after the header; null without one. */
export type CheckedLog = LogOwner & {
  header: LogHeader;
  lines: number;
  first: number | null;
  last: { sequence: number; hash: string };
  /** The lines from a sequence on. */
  from(sequence: number): Iterable<LogLine>;
};

/** The conditions of a log; `ownerOf` returns null if the license has no such checkout. */
type Expected = {
  license: string;
  kind: LogKind | null;
  ownerOf: (header: LogHeader) => Promise<LogOwner | null>;
};

const FEED = 0x0a;
const MOST_IN_A_LINE = 16 * 1024;
/** Other work gets a turn after so many lines. */
const BATCH = 500;

/**
 * Checks a whole file, line by line. Throws `INVALID_LOG` with the first wrong line, then the refusals of a log that
 * belongs elsewhere.
 */
export async function checkLog(bytes: Uint8Array, expected: Expected): Promise<CheckedLog> {
  const header = headerIn(bytes, expected.kind);
  const isOurs = parseLicenseNumber(header.license) === expected.license;
  const owner = isOurs ? await expected.ownerOf(header) : null;
  if (owner && !isHeaderProven(owner.key, header))
    throw damaged({
      line: 0,
      reason: "Its hash doesn't match: it was changed, or it comes from another signed definition.",
    });
  let last = { sequence: 0, hash: header.hash };
  let first: number | null = null;
  let count = 0;
  for (const [index, line] of linesOf(bytes, 1)) {
    const { part, damage } = readLine(textOf(line, index), header.kind, index);
    const found = damage ?? (owner && linkDamage(owner.key, last, part, index));
    if (found) throw damaged(found);
    if (part) last = part;
    first ??= last.sequence;
    count += 1;
    if (count % BATCH === 0) await setImmediate();
  }
  if (!isOurs)
    throw new Refusal("WRONG_LICENSE", `This log belongs to license ${header.license}. Nothing was changed.`);
  if (!owner)
    throw new Refusal(
      "UNKNOWN_CHECKOUT",
      `This license has no checkout ${header.checkout} for the deployment ${header.source}. Nothing was changed.`,
    );
  return {
    ...owner,
    header,
    lines: count,
    first,
    last,
    from: (sequence) => partsFrom(bytes, sequence - (first ?? 1) + 1),
  };
}

function headerIn(bytes: Uint8Array, kind: LogKind | null): LogHeader {
  const [top] = linesOf(bytes, 0);
  const { part, damage } = readHeader(textOf(top?.[1] ?? new Uint8Array(), 0));
  if (damage) throw damaged(damage);
  if (kind && part.kind !== kind)
    throw damaged({ line: 0, reason: `It starts a log of ${part.kind}, but this address takes ${kind}.` });
  return part;
}

/** The lines from an index on; text after the last line feed counts as a line only if it isn't empty. */
function* linesOf(bytes: Uint8Array, from: number): Generator<[index: number, line: Uint8Array]> {
  let at = 0;
  for (let index = 0; at < bytes.length; index++) {
    const feed = bytes.indexOf(FEED, at);
    const end = feed < 0 ? bytes.length : feed;
    if (index >= from) yield [index, bytes.subarray(at, end)];
    at = end + 1;
  }
}

/** The lines of a checked file. */
function* partsFrom(bytes: Uint8Array, index: number): Generator<LogLine> {
  for (const [, line] of linesOf(bytes, Math.max(1, index))) yield JSON.parse(Buffer.from(line).toString());
}

function textOf(line: Uint8Array, index: number): string {
  if (line.length > MOST_IN_A_LINE) throw damaged({ line: index, reason: "It is longer than 16 KiB." });
  const text = readUtf8(line);
  if (typeof text === "string") return text;
  throw damaged({ line: index, reason: badByteText(text) });
}

function damaged(damage: LogDamage): Refusal {
  const words = damageText(damage);
  const faults = [{ code: "INVALID_LOG", title: words, pointer: `/lines/${damage.line}` }];
  return new Refusal("INVALID_LOG", `${words} Nothing was changed.`, { faults });
}
