import type { LogKind } from "@/domain/offline/offline-log";
/** What a signed definition for use without a network tells beside the license. `issued` is in milliseconds. */
export type OfflineTerms = { checkout: string; salt: string; issued: number };

/**
 * Where a log ends. It keeps the checkout, and the key, that it began with: a renewed definition does not break the
 * chain. `through` is how far the last reply took it.
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

/** A line to write: `sequence` 0 is the header. */
export type NewLine = { kind: LogKind; sequence: number; text: string };
