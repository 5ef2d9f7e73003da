import { expect, test } from "vitest";
import { openJournal } from "./journal";
import { freshState, type State } from "./state";

const reading = () => ({ wall: 0, ticks: 0 });
const named =
  (source: string) =>
  (state: State): [State, string] => [{ ...state, source }, source];

function journaled() {
  const saved: string[] = [];
  const disk = { isFull: false };
  const save = (_: State, after: State) => {
    if (disk.isFull) throw new Error("No space left on device");
    saved.push(after.source);
  };
  return { journal: openJournal({ save }, freshState("first", reading()), reading), saved, disk };
}

test("changes that arrive together are written together, each applied to the result of the one before", async () => {
  const { journal, saved } = journaled();
  const grown = (state: State): [State, number] => [
    { ...state, source: `${state.source}+` },
    state.source.length,
  ];
  expect(await Promise.all([journal.change(grown), journal.change(grown)])).toEqual([5, 6]);
  expect(saved).toEqual(["first++"]);
});

test("a full disk refuses the change as if it had never been requested, and the next one succeeds", async () => {
  const { journal, saved, disk } = journaled();
  disk.isFull = true;
  await expect(journal.change(named("second"))).rejects.toThrow("No space left");
  expect(journal.state().source).toBe("first");
  disk.isFull = false;
  expect(await journal.change(named("third"))).toBe("third");
  expect(saved).toEqual(["third"]);
});

test("a change that throws fails alone", async () => {
  const { journal } = journaled();
  const broken = journal.change(() => {
    throw new Error("No.");
  });
  const sound = journal.change(named("second"));
  await expect(broken).rejects.toThrow("No.");
  expect(await sound).toBe("second");
});

test("a caller can wait for a state, until a deadline", async () => {
  const { journal } = journaled();
  const never = new Promise<void>(() => {});
  const waited = journal.until(({ source }) => source === "second", never);
  await journal.change(named("second"));
  expect(await waited).toBe(true);
  expect(await journal.until(({ source }) => source === "third", Promise.resolve())).toBe(false);
});
