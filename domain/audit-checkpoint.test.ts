import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type ChainEnd,
  type Conflict,
  checkpointName,
  checkpointsAmong,
  conflictOf,
  conflictSentence,
  type History,
  isCheckpointLate,
  type Removal,
  type Stored,
  timeOfCheckpoint,
  worseOf,
} from "./audit-checkpoint";

const AT = new Date("2026-11-30T02:41:00Z");
const LATER = new Date("2026-11-30T09:00:00Z");
const EARLIER = new Date("2026-11-29T09:00:00Z");
const CHAIN = "9999000000001253";
const QUIET: History = { restores: [], removals: [] };

/** The hashes of a chain, each of which covers the one before, as those of the audit do. */
function hashesOf(events: readonly string[]): string[] {
  let before = "";
  return events.map((event) => {
    before = createHmac("sha256", "key").update(`${before} ${event}`).digest("hex");
    return before;
  });
}

/** What a checkpoint says of a chain with these hashes. */
function endOf(hashes: readonly string[]): ChainEnd {
  return { chain: CHAIN, sequence: hashes.length, hash: hashes.at(-1) ?? "" };
}

function storedOf(hashes: readonly string[], { sequence }: ChainEnd): Stored {
  return { end: hashes.length, hash: hashes[sequence - 1] ?? null };
}

const events = fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 20 });

test("a chain that only grew is as every checkpoint said", () => {
  fc.assert(
    fc.property(events, events, (first, more) => {
      const named = endOf(hashesOf(first));
      expect(conflictOf(named, AT, storedOf(hashesOf([...first, ...more]), named), QUIET)).toBeNull();
      expect(conflictOf(named, AT, storedOf(hashesOf(first), named), QUIET)).toBeNull();
    }),
  );
});

test("a tail of any length that was cut is found, with what is missing", () => {
  fc.assert(
    fc.property(events, fc.nat(), (all, seed) => {
      const named = endOf(hashesOf(all));
      const end = seed % all.length;
      expect(conflictOf(named, AT, storedOf(hashesOf(all.slice(0, end)), named), QUIET)).toMatchObject({
        ...{ kind: "cut", end, checkpoint: { at: AT, sequence: all.length } },
      });
    }),
  );
});

test("a chain that was rewritten from any event on is found once it is as long as before", () => {
  fc.assert(
    fc.property(events, events, fc.nat(), (all, more, seed) => {
      const named = endOf(hashesOf(all));
      const from = seed % all.length;
      const forged = all.map((event, index) => (index === from ? `${event}!` : event));
      const stored = storedOf(hashesOf([...forged, ...more]), named);
      expect(conflictOf(named, AT, stored, QUIET)).toMatchObject({ kind: "replaced" });
    }),
  );
});

test.each<[string, Date[], Date | null]>([
  ["after the checkpoint explains it", [EARLIER, LATER], LATER],
  ["before the checkpoint explains nothing", [EARLIER], null],
  ["that was never recorded explains nothing", [], null],
])("a restore %s", (_, restores, restored) => {
  const named = { chain: CHAIN, sequence: 57, hash: "a" };
  const found = conflictOf(named, AT, { end: 41, hash: null }, { restores, removals: [] });
  expect(found).toMatchObject({ kind: "cut", restored });
});

const REMOVAL: Removal = { chain: CHAIN, at: LATER, events: 57, end: "a" };

test.each<[string, Partial<Removal>, boolean]>([
  ["as the checkpoint says", {}, true],
  ["later, with more events", { events: 60, end: "b" }, true],
  ["with fewer events", { events: 56 }, false],
  ["with another last event", { end: "b" }, false],
  ["before the checkpoint", { at: EARLIER }, false],
  ["of another license", { chain: "9999000000001261" }, false],
])("a license that was removed %s: its lost chain is explained is %#", (_, change, isExplained) => {
  const removals = [{ ...REMOVAL, ...change }];
  const named = { chain: CHAIN, sequence: 57, hash: "a" };
  for (const stored of [
    { end: null, hash: null },
    { end: 3, hash: null },
    { end: 60, hash: "c" },
  ])
    expect(conflictOf(named, AT, stored, { restores: [], removals }) === null).toBe(isExplained);
});

const CUT: Conflict = {
  ...{ chain: CHAIN, kind: "cut", end: 41, restored: null },
  checkpoint: { at: AT, sequence: 57 },
};
const upTo = (sequence: number) => ({ ...CUT, checkpoint: { at: LATER, sequence } });
const REPLACED: Conflict = { ...CUT, kind: "replaced", end: 60 };

test.each<[string, Conflict, Conflict]>([
  ["the largest loss", upTo(60), CUT],
  ["what no restore explains, before a larger loss", CUT, { ...upTo(60), restored: LATER }],
  ["a loss, before events that were replaced", CUT, { ...REPLACED, checkpoint: { at: AT, sequence: 2 } }],
  ["the first event that was replaced", { ...REPLACED, checkpoint: { at: AT, sequence: 2 } }, REPLACED],
])("of two conflicts of a chain, the worse is %s", (_, worse, other) => {
  expect(worseOf(worse, other)).toBe(worse);
  expect(worseOf(other, worse)).toBe(worse);
  expect(worseOf(undefined, other)).toBe(other);
});

test.each<[Conflict, string]>([
  [CUT, `the chain of license ${CHAIN} ends at event 41; the checkpoint of 2026-11-30T02:41:00Z says 57`],
  [
    { ...CUT, chain: "installation", restored: LATER },
    "the chain of the installation ends at event 41; the checkpoint of 2026-11-30T02:41:00Z says 57. A restore was recorded on 2026-11-30T09:00:00Z: with a backup from before that checkpoint, this is what it lost",
  ],
  [
    { ...CUT, kind: "gone", end: 0 },
    `the chain of license ${CHAIN} is gone; the checkpoint of 2026-11-30T02:41:00Z says that it ends at event 57`,
  ],
  [
    REPLACED,
    `event 57 of the chain of license ${CHAIN} isn't the one that the checkpoint of 2026-11-30T02:41:00Z names: the chain was rewritten at or before it`,
  ],
])("%j in words", (conflict, sentence) => {
  expect(conflictSentence(conflict)).toBe(sentence);
});

test.each<[string, Date | null, boolean]>([
  ["three hours after the last one", new Date(AT.getTime() - 3 * 3_600_000), false],
  ["later than that", new Date(AT.getTime() - 3 * 3_600_000 - 1), true],
  ["if there never was one", null, true],
])("a checkpoint %s: late is %#", (_, last, isLate) => {
  expect(isCheckpointLate(last, AT)).toBe(isLate);
});

test("checkpoints are named and sorted by their time, and found among other files", () => {
  const [first, second] = [checkpointName(EARLIER), checkpointName(AT)];
  expect(first).toBe("checkpoint-20261129T090000Z.jwt");
  expect(timeOfCheckpoint(first)).toEqual(EARLIER);
  const names = [second, "notes.txt", `${second}.part`, first];
  expect(checkpointsAmong(names)).toEqual([first, second]);
  expect(checkpointsAmong(names, AT)).toEqual([second]);
});
