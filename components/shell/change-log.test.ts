import { expect, test } from "vitest";
import { type Change, changesAfter, newestUndoable, notUndone, undoneText } from "./change-log";

const MINUTE = 60_000;
const change = (id: number, at = 0, more: Partial<Change> = {}): Change => ({
  id,
  at,
  words: `change ${id}`,
  undo: { license: "9999000000001253", sealed: "sealed" },
  standing: "done",
  ...more,
});
const CHANGE = change(1);
const TAKEN = { sentence: "The seat is taken.", code: "SEAT_TAKEN", requestId: "0193" };
const ids = (changes: Change[]) => changes.map(({ id }) => id);

test("the newest change comes first, and what is 15 minutes old is forgotten", () => {
  const first = changesAfter([], { did: change(1) });
  expect(ids(changesAfter(first, { did: change(2, 15 * MINUTE - 1) }))).toEqual([2, 1]);
  expect(ids(changesAfter(first, { did: change(2, 15 * MINUTE) }))).toEqual([2]);
});

test("undo takes the newest change that can still be taken back", () => {
  const noWay = change(3, 0, { undo: undefined });
  const changes = [noWay, change(2), change(1)];
  expect(newestUndoable(changes, 0)?.id).toBe(2);
  const undone = changesAfter(changes, { id: 2, standing: "undone" });
  expect(newestUndoable(undone, 0)?.id).toBe(1);
  expect(newestUndoable(undone, 15 * MINUTE)).toBeUndefined();
});

test.each([
  [undefined, "Undone: Assigned 3 users."],
  [{ undone: 3, stayed: 0 }, "Undone: Assigned 3 users."],
  [
    { undone: 2, stayed: 1, sentence: "bob was not restored." },
    "Undone in part: 2 of 3. bob was not restored.",
  ],
])("an undo that did %j is told as “%s”", (did, words) => {
  const [change] = changesAfter([{ ...CHANGE, words: "Assigned 3 users." }], {
    ...{ id: 1, standing: "undone" },
    partly: notUndone(did),
  });
  expect(change && undoneText(change)).toBe(words);
});

test("a refused undo keeps its sentence", () => {
  const [refused] = changesAfter([change(1)], { id: 1, standing: "refused", refused: TAKEN });
  expect(refused).toMatchObject({ standing: "refused", refused: TAKEN });
});

test("what was done before the window was loaded again comes last, and can be undone", () => {
  const recalled = { ...change(-1), isRecalled: true };
  const changes = changesAfter([change(1)], { recalled: [recalled] });
  expect(ids(changes)).toEqual([1, -1]);
  expect(changesAfter(changes, { id: -1, standing: "undone" })[1]).toMatchObject({ isRecalled: false });
  expect(newestUndoable([recalled], 0)?.id).toBe(-1);
});
