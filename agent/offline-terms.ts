import type { LogKind } from "@/domain/offline/offline-log";

/** The claims of a signed definition for use without a network, beside the license. `issued` is in milliseconds. */
export type OfflineTerms = { checkout: string; salt: string; issued: number };

/**
 * The head of a log. It keeps the checkout, and the key, with which it began: a renewed definition doesn't break the
 * chain. `through` is the last line that a reply covered.
 */
export type LogHead = {
  log: string;
  checkout: string;
  key: string;
  sequence: number;
  hash: string;
  through: number;
};

export type Logs = Partial<Record<LogKind, LogHead>>;

/** A line to write; `sequence` 0 is the header. */
export type NewLine = { kind: LogKind; sequence: number; text: string };
