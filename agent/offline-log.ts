import type { Patch } from "@/domain/assignments/assignment";
import {
  chainedLine,
  keyBytes,
  type LogHeader,
  type LogKind,
  type LogLine,
  subjectHash,
} from "@/domain/offline/offline-log";
import type { Slot } from "./consumption";
import type { LogHead } from "./offline-terms";
import type { State } from "./state";

/** The fields with which a log begins. */
export type Beginning = Pick<LogHeader, "log" | "license" | "checkout" | "source" | "userAgent"> & {
  key: string;
};

type Unplaced = LogLine extends infer Line
  ? Line extends LogLine
    ? Omit<Line, "sequence" | "hash" | "at">
    : never
  : never;

/** Starts a log of a kind with its first line. */
export function begun(state: State, kind: LogKind, { key, ...named }: Beginning, now: number): State {
  const created = new Date(now).toISOString();
  const header = chainedLine(keyBytes(key), "", {
    v: 1 as const,
    kind,
    ...named,
    created,
    sequence: 0 as const,
  });
  const { log, checkout } = named;
  const head: LogHead = { log, checkout, key, sequence: 0, hash: header.hash, through: 0 };
  return withLine({ ...state, logs: { ...state.logs, [kind]: head } }, kind, header);
}

/**
 * Writes the changes between two states into the logs. A seat counts at once here, so it becomes a row, with the id
 * of its log line; nothing waits for a response.
 */
export function logged(before: State, after: State, now: number): State {
  const seated = after.outbox.reduce((state, patch) => withPatch(state, patch, now), after);
  const settled = after.outbox.length > 0 ? { ...seated, outbox: [] } : seated;
  if (after.slots === before.slots) return settled;
  return [...after.slots].reduce((state, [key, slot]) => {
    const minutes = slot.used - (before.slots.get(key)?.used ?? 0);
    return minutes > 0 ? withMinutes(state, slot, minutes, now) : state;
  }, settled);
}

function withPatch(state: State, patch: Patch, now: number): State {
  const { allotment, subject, created, deleted, auto } = patch;
  const { license, offline } = state;
  if (!license || !offline) return state;
  const hash = subjectHash(keyBytes(offline.salt), subject, license.settings.subjectMatching);
  const named = { instance: "" as const, version: 0 as const, allotment, subject: hash, created };
  const line = { ...named, ...(deleted === undefined ? {} : { deleted }), ...(auto ? { auto } : {}) };
  const next = appended(state, "assignments", line, now);
  const rows = new Map(next.rows);
  if (deleted !== undefined) rows.delete(patch.instance);
  else {
    const sequence = next.logs.assignments?.sequence ?? 0;
    const instance = String(sequence);
    rows.set(instance, { instance, version: sequence, allotment, subject, created });
  }
  return { ...next, rows };
}

function withMinutes(state: State, { allotment, month }: Slot, minutes: number, now: number): State {
  return appended(state, "consumption", { allotment, month, minutes }, now);
}

function appended(state: State, kind: LogKind, members: Unplaced, now: number): State {
  const head = state.logs[kind];
  if (!head) return state;
  const placed = { sequence: head.sequence + 1, at: new Date(now).toISOString(), ...members };
  const line = chainedLine(keyBytes(head.key), head.hash, placed);
  const { sequence, hash } = line;
  return withLine({ ...state, logs: { ...state.logs, [kind]: { ...head, sequence, hash } } }, kind, line);
}

function withLine(state: State, kind: LogKind, line: { sequence: number }): State {
  const written = { kind, sequence: line.sequence, text: JSON.stringify(line) };
  return { ...state, newLines: [...state.newLines, written] };
}
