import type { Refused } from "@/components/refused";
import { importLines } from "./actions";
import { isTaken, type SheetRow, settled } from "./import-sheet";

/** How far the sending is; `given` are the seats that this part gave. */
export type Sent = { done: number; of: number; given: number; undo?: string; refused?: Refused };

const AT_ONCE = 1000;

/** Sends the rows that would get a seat, part by part, and writes into `rows` what became of them. Ends early when it is refused or cancelled. */
export async function* sendRows(number: string, rows: SheetRow[], signal: AbortSignal): AsyncGenerator<Sent> {
  const todo = [...rows.entries()].filter(([, row]) => isTaken(row));
  const of = todo.length;
  yield { done: 0, of, given: 0 };
  for (let from = 0; from < of && !signal.aborted; from += AT_ONCE) {
    const some = todo.slice(from, from + AT_ONCE);
    const lines = some.map(([, { subject, allotment }]) => ({ subject, allotment }));
    const answer = await importLines(number, lines);
    if (!answer.ok) return yield { done: from, of, given: 0, refused: answer.refused };
    const { fates, undo } = answer.did;
    for (const [index, [at, row]] of some.entries()) {
      const fate = fates[index];
      if (fate) rows[at] = settled(row, fate);
    }
    const given = fates.filter(({ outcome }) => outcome === "added" || outcome === "converted").length;
    yield { done: from + some.length, of, given, undo };
  }
}
