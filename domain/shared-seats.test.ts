import fc from "fast-check";
import { expect, test } from "vitest";
import type { Assignment, Patch, PatchResults, Seats } from "@/domain/assignments/assignment";
import { applyMoves } from "@/domain/assignments/assignment-moves";
import { applyPatches } from "@/domain/assignments/assignments";

const LICENSE = "9999000000001253";
const NOW = new Date("2026-08-24T10:00:00Z");
const [UNITS, SHARE] = [6, 2];

const patchFor = (subject: string, more: Partial<Patch> = {}): Patch => ({
  ...{ instance: "", version: 0, license: LICENSE, allotment: "analyzer", subject },
  ...{ created: NOW.toISOString(), ...more },
});

/** Six seats, of which a share of two is reserved for the mill. */
function seatsWith(rows: Assignment[]): Seats {
  const live = rows.filter(({ deleted }) => !deleted);
  const used = live.filter(({ source }) => source === "mill").length;
  const promised = [{ source: "mill", units: SHARE, used }];
  const allotment = {
    name: "analyzer",
    class: "assigned" as const,
    units: UNITS,
    live: live.length,
    promised,
  };
  const version = rows.reduce((top, row) => Math.max(top, row.version), 0);
  return {
    ...{ license: LICENSE, version, accepts: true, autoAssign: new Set<string>() },
    ...{ pools: new Map([["analyzer", allotment]]), touched: rows },
  };
}

const how = (source: string, rows: Assignment[]) => {
  let next = rows.length;
  return {
    source,
    now: NOW,
    indexOf: (subject: string) => subject,
    newInstance: () => String(++next + 1000),
  };
};

function after(rows: Assignment[], { changes }: PatchResults): Assignment[] {
  const all = new Map(rows.map((row) => [row.instance, row]));
  for (const { row } of changes) all.set(row.instance, row);
  return [...all.values()];
}

const held = (rows: Assignment[], source: string) =>
  rows.filter((row) => !row.deleted && row.source === source).length;

test("whatever is added and released, in any order, the deployment's share stays free for it and for nobody else", () => {
  const step = fc.record({
    source: fc.constantFrom("mill", "office", "port"),
    adds: fc.array(fc.nat({ max: 11 }), { maxLength: 6 }),
    releases: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
    asMoves: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      let rows: Assignment[] = [];
      for (const { source, adds, releases, asMoves } of steps) {
        const leaves = releases.flatMap((at) => {
          const row = rows[at];
          return row ? patchFor("", { instance: row.instance, deleted: NOW.toISOString() }) : [];
        });
        const takes = adds.map((name) => patchFor(`user-${name}`));
        const moves = [...leaves.map((leave) => ({ leave })), ...takes.map((take) => ({ take }))];
        const result = asMoves
          ? applyMoves(seatsWith(rows), moves, how(source, rows))
          : applyPatches(seatsWith(rows), [...leaves, ...takes], how(source, rows));
        rows = after(rows, result);
        expect(held(rows, "mill")).toBeLessThanOrEqual(SHARE);
        expect(held(rows, "office") + held(rows, "port")).toBeLessThanOrEqual(UNITS - SHARE);
      }
    }),
  );
});

test("an admin who moves users gets no free seat from a seat of the share", () => {
  const add = (source: string, rows: Assignment[], ...names: string[]) =>
    after(
      rows,
      applyPatches(
        seatsWith(rows),
        names.map((name) => patchFor(name)),
        how(source, rows),
      ),
    );
  const rows = add("office", add("mill", [], "a", "b"), "c", "d", "e", "f");
  const [ofMill, ofOffice] = [rows[0], rows[2]];
  const move = (row: Assignment | undefined, subject: string) => {
    const leave = patchFor("", { instance: row?.instance, deleted: NOW.toISOString() });
    const moves = [{ leave }, { take: patchFor(subject) }];
    const { answers } = applyMoves(seatsWith(rows), moves, how("console", rows));
    return answers.find(({ patch }) => patch.subject === subject)?.rejection;
  };
  expect(move(ofMill, "new")).toBe("NO_AVAILABLE_UNITS");
  expect(move(ofOffice, "new")).toBe("");
});
