import { chmodSync } from "node:fs";
import { open } from "lmdb";
import type { LogKind } from "@/domain/offline/offline-log";
import { holdFolder } from "@/machine/locked-folder";
import { decodeValue, encodeValue } from "./checksum";
import { resumedSlot } from "./consumption";
import { differingKeys } from "./layered-map";
import type { NewLine } from "./offline-terms";
import { freshState, type State } from "./state";
import { checkStore, DamagedStore, inFolder, setStoreAside, storeFile } from "./store-folder";
import { type Reading, resumed } from "./time";

/** The parts that are kept whole, each under its name. */
const PARTS = [
  "source",
  "run",
  "pins",
  "time",
  "license",
  "stop",
  "contact",
  "keyError",
  "asking",
  "base",
  "lastCreated",
  "sentPatches",
  "rejections",
  "former",
  "offline",
  "logs",
] as const satisfies (keyof State)[];

/** The parts that are kept entry by entry, because they grow with the number of users. */
const TABLES = [
  "rows",
  "slots",
  "budgets",
  "paces",
  "sessions",
  "sessionReports",
  "denials",
  "used",
] as const satisfies (keyof State)[];

type Key = [part: string] | [part: string, entry: string | number];
type Write = { key: Key; value: unknown };
/** Written before anything else, so that a folder keeps its source. */
const SOURCE: Key = ["source"];
const CHANGES: Key = ["changes"];
/** What rows have that those of older releases lack. */
const ROW_FEATURES: Key = ["rowFeatures"];

type Entries = ReadonlyMap<string | number, unknown>;

export type Store = {
  /** The stored state, as it is after a restart; a new state in an empty folder. */
  load(reading: Reading, newSource: () => string): State;
  /** Saves the changes, all of them or none. Once it returns, they would survive a power cut. */
  save(before: State, after: State): void;
  /** How often the state was saved, ever. */
  changes(): number;
  /** The lines of a log from a sequence on, as they were written. */
  lines(kind: LogKind, from: number): Iterable<string>;
  close(): Promise<void>;
};

/** `reset` is the time of a reset: the old store is renamed. */
export type Opening = { isFast?: boolean; reset?: Date | undefined; log?: (line: string) => void };

/**
 * Opens the local store in a folder, for this process alone. With `isFast` it doesn't wait for the disk: that
 * survives a killed process, but no power cut, and is for tests and simulations.
 */
export async function openStore(folder: string, how: Opening = {}): Promise<Store> {
  try {
    return await opened(folder, how);
  } catch (error) {
    throw inFolder(folder, error);
  }
}

async function opened(folder: string, { isFast = false, reset, log = () => {} }: Opening): Promise<Store> {
  const letGo = await holdFolder(folder, HOLDER);
  try {
    const aside = reset ? setStoreAside(folder, reset) : null;
    if (aside)
      log(`Started with an empty store. The old store is kept as ${aside}. Leave out --reset from now on.`);
    await checkStore(folder, { isFast });
    return await storeIn(folder, isFast, letGo);
  } catch (error) {
    await letGo();
    throw error;
  }
}

async function storeIn(folder: string, isFast: boolean, letGo: () => Promise<void>): Promise<Store> {
  const path = storeFile(folder);
  const db = open<string, Key>({ path, encoding: "string", noSync: isFast });
  chmodSync(path, 0o600);
  try {
    for (const { key, value } of db.getRange({})) decodeValue([key].flat(), value); // A key of one part comes without an array.
  } catch (error) {
    await db.close();
    throw new DamagedStore(path, error instanceof Error ? error.message : String(error));
  }

  const valueAt = (key: Key) => {
    const text = db.get(key);
    return text === undefined ? undefined : decodeValue(key, text);
  };
  const entriesOf = (part: string) =>
    [...db.getRange({ start: [part], end: [part, AFTER_ALL] })].map(
      ({ key, value }) => [key[1], decodeValue(key, value)] as const,
    );

  let changes = Number(valueAt(CHANGES) ?? 0);

  return {
    load(reading, newSource) {
      if (db.get(SOURCE) === undefined) db.putSync(SOURCE, encodeValue(SOURCE, newSource()));
      // Rows saved by an older release lack aliases. Without a base, the next sync fetches every row again.
      if (db.get(ROW_FEATURES) === undefined)
        db.transactionSync(() => {
          db.removeSync(["base"]);
          db.putSync(ROW_FEATURES, encodeValue(ROW_FEATURES, "aliases"));
        });
      const whole = PARTS.map((part) => [part, valueAt([part])] as const).filter(
        ([, value]) => value !== undefined,
      );
      const tables = TABLES.map((part) => [part, new Map(entriesOf(part))] as const);
      const outbox = entriesOf("outbox").map(([, patch]) => patch);
      // The values were written by `save` from a State.
      const kept = Object.fromEntries([...whole, ...tables, ["outbox", outbox]]) as Partial<State>;
      return afterRestart({ ...freshState("", reading), ...kept }, reading);
    },

    save(before, after) {
      const writes = differences(before, after);
      if (writes.length === 0) return;
      db.transactionSync(() => {
        for (const { key, value } of writes)
          value === undefined ? db.removeSync(key) : db.putSync(key, encodeValue(key, value));
        db.putSync(CHANGES, encodeValue(CHANGES, changes + 1));
      });
      changes += 1;
    },

    changes: () => changes,

    *lines(kind, from) {
      const part = linesOf(kind);
      for (const { key, value } of db.getRange({ start: [part, from], end: [part, AFTER_ALL] }))
        yield String(decodeValue(key, value));
    },

    async close() {
      await db.close();
      await letGo();
    },
  };
}

const HOLDER = { program: "agent", socket: "agent.sock", setting: "--data" };
/** Sorts after every text. */
const AFTER_ALL = "\u{10ffff}";

function afterRestart(state: State, reading: Reading): State {
  const slots = new Map([...state.slots].map(([key, slot]) => [key, resumedSlot(slot)]));
  return { ...state, slots, time: resumed(state.time, reading) };
}

function differences(before: State, after: State): Write[] {
  const parts = PARTS.filter((part) => before[part] !== after[part]).map((part) => ({
    key: [part] as Key,
    value: after[part],
  }));
  const tables = TABLES.flatMap((part) => changedEntries(part, before[part], after[part]));
  const outbox = changedEntries("outbox", numberedOutbox(before), numberedOutbox(after));
  return [...parts, ...tables, ...outbox, ...after.newLines.map(lineWritten)];
}

function lineWritten({ kind, sequence, text }: NewLine): Write {
  return { key: [linesOf(kind), sequence], value: text };
}

function linesOf(kind: LogKind): string {
  return `lines of ${kind}`;
}

/** Entries never change in place, so comparing identities is enough. */
function changedEntries(part: string, before: Entries, after: Entries): Write[] {
  if (before === after) return [];
  return [...differingKeys(before, after)]
    .filter((entry) => before.get(entry) !== after.get(entry))
    .map((entry) => ({ key: [part, entry], value: after.get(entry) }));
}

/** A patch keeps its number while it waits, so that sending the first ones rewrites none of the others. */
function numberedOutbox({ outbox, sentPatches }: State): Entries {
  return new Map(outbox.map((patch, i) => [sentPatches + i, patch]));
}
