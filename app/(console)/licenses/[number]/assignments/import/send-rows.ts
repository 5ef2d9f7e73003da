import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { importLines } from "./actions";
import { endOfChunk, type SheetRow, settled } from "./import-sheet";

/** The progress of sending; `added` and `converted` count what the server did in this chunk. */
export type Sent = {
  done: number;
  of: number;
  added: number;
  converted: number;
  undo?: string;
  refused?: RefusalNotice;
};

type Turned = { at: number; row: SheetRow; turn: number };

const NOTHING = { added: 0, converted: 0 };

/**
 * Sends the rows that would get a seat, chunk by chunk, and writes their results into `rows`. Stops early when refused
 * or cancelled. Chunks follow the turns of the plan: a row is sent after, or together with, the rows it depends on.
 */
export async function* sendRows(number: string, rows: SheetRow[], signal: AbortSignal): AsyncGenerator<Sent> {
  const todo = inTurn(rows);
  const of = todo.length;
  yield { done: 0, of, ...NOTHING };
  for (let from = 0; from < of && !signal.aborted; ) {
    const some = todo.slice(from, endOfChunk(todo, from));
    const lines = some.map(({ row: { subject, allotment } }) => ({ subject, allotment }));
    const answer = await importLines(number, lines);
    if (!answer.ok) return yield { done: from, of, ...NOTHING, refused: answer.refused };
    const { fates, undo } = answer.did;
    for (const [index, { at, row }] of some.entries()) {
      const fate = fates[index];
      if (fate) rows[at] = settled(row, fate);
    }
    const counted = (outcome: string) => fates.filter((fate) => fate.outcome === outcome).length;
    from += some.length;
    yield { done: from, of, added: counted("added"), converted: counted("converted"), undo };
  }
}

function inTurn(rows: readonly SheetRow[]): Turned[] {
  const turned = rows.flatMap((row, at) => ("turn" in row ? [{ at, row, turn: row.turn }] : []));
  return turned.sort((a, b) => a.turn - b.turn);
}
