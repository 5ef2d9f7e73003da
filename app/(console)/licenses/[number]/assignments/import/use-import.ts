import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { useAnnounce } from "@/components/shell/announcer";
import { useChanges } from "@/components/shell/changes";
import { useRefresh } from "@/components/shell/use-refresh";
import { count, counted } from "@/components/text/numbers";
import type { ImportColumns, ImportLook, Separator } from "@/domain/assignments/import-columns";
import { type SheetRow, settled } from "./import-sheet";
import { importedLabel } from "./imported-labels";
import { readLook, readPlan } from "./read-plan";
import { sendRows } from "./send-rows";

/** The running work, and how much of it is done. */
export type Progress = { what: "check" | "send"; done: number; of: number };

/** A file whose columns are still to be confirmed. */
type Opened = { file: Blob; name: string; look: ImportLook };

type State = {
  opened: Opened | null;
  rows: readonly SheetRow[];
  progress: Progress | null;
  /** Why the import stopped. */
  fault: RefusalNotice | null;
  /** A note about rows that weren't sent. */
  note: string | null;
};

const UNREACHED =
  "The server isn't responding. Rows already sent stay; the others are waiting. Try again in a few seconds.";

/**
 * Imports a file with confirmed columns: checks it, then sends it chunk by chunk. It can be cancelled and started again
 * at any point.
 */
export function useImport(number: string) {
  const [state, setState] = useState<State>({
    ...{ opened: null, rows: [], progress: null },
    ...{ fault: null, note: null },
  });
  const running = useRef<AbortController | null>(null);
  const confirmed = useRef(new Map<string, ImportColumns>());
  const said = useRef(0);
  const announce = useAnnounce();
  const { did } = useChanges();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const set = (part: Partial<State>) => setState((before) => ({ ...before, ...part }));

  /** Announces each 10% to screen readers. */
  const show = (progress: Progress, rows: SheetRow[]) => {
    const tenth = Math.floor((10 * progress.done) / Math.max(1, progress.of));
    if (tenth > said.current && tenth < 10) announce(`${10 * tenth}%`);
    said.current = tenth;
    set({ progress, rows });
  };

  async function run(work: (signal: AbortSignal) => Promise<void>) {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    said.current = 0;
    set({ fault: null, note: null });
    await work(mine.signal).catch(() =>
      mine.signal.aborted ? null : set({ fault: { sentence: UNREACHED } }),
    );
    if (running.current === mine) set({ progress: null });
  }

  /** Reads the file again with another separator; if that fails, the earlier reading stays. */
  const open = (file: Blob, name: string, separator: Separator | null = null) =>
    run(async (signal) => {
      set(separator ? { rows: [] } : { opened: null, rows: [] });
      const read = await readLook(number, file, separator, signal);
      if ("refused" in read) return set({ fault: read.refused });
      const columns = confirmed.current.get(keyOf(read.look)) ?? read.look.columns;
      set({ opened: { file, name, look: { ...read.look, columns } } });
    });

  /** Changing the columns discards the plan. */
  const choose = (columns: ImportColumns) => {
    running.current?.abort();
    setState(({ opened, ...before }) => ({
      ...before,
      opened: opened && { ...opened, look: { ...opened.look, columns } },
      ...{ rows: [], progress: null, note: null },
    }));
  };

  const check = (otherwise: string) =>
    run(async (signal) => {
      if (!state.opened) return;
      const { file, look } = state.opened;
      confirmed.current.set(keyOf(look), look.columns);
      const format = { ...look.columns, separator: look.separator, otherwise };
      const rows: SheetRow[] = [];
      const places = new Map<number, number>();
      show({ what: "check", done: 0, of: file.size }, rows);
      for await (const part of readPlan(number, file, format, signal)) {
        if ("refused" in part) set({ fault: part.refused });
        if ("revised" in part) revise(rows, places, part.revised);
        if (!("rows" in part)) continue;
        for (const row of part.rows) places.set(row.row, rows.push(row) - 1);
        show({ what: "check", done: part.bytes, of: file.size }, rows);
      }
      set({ rows: [...rows] });
      announce(`${counted(rows.length, "row")} checked`);
    });

  const send = () =>
    run(async (signal) => {
      const rows = [...state.rows];
      const undos: string[] = [];
      let [added, converted, done, of] = [0, 0, 0, 0];
      try {
        for await (const sent of sendRows(number, rows, signal)) {
          ({ done, of } = sent);
          added += sent.added;
          converted += sent.converted;
          if (sent.undo) undos.push(sent.undo);
          if (sent.refused) set({ fault: sent.refused });
          show({ what: "send", done, of }, rows);
        }
      } finally {
        const words = importedLabel({ added, converted }, state.opened?.name ?? "a file");
        if (words) did({ words, undo: undoing(number, undos) });
        if (done < of)
          set({ note: `${count(done)} of ${count(of)} rows were sent, ${count(of - done)} are waiting.` });
        await queries.invalidateQueries({ queryKey: ["seats", number] });
        void refresh();
      }
    });

  return { ...state, open, choose, check, send, cancel: () => running.current?.abort() };
}

/** Files that start alike have the same columns. */
function keyOf({ separator, rows }: ImportLook): string {
  return JSON.stringify([separator, rows[0] ?? [], Math.max(0, ...rows.map((row) => row.length))]);
}

function revise(
  rows: SheetRow[],
  places: ReadonlyMap<number, number>,
  revised: { row: number; fate: Parameters<typeof settled>[1] }[],
): void {
  for (const { row, fate } of revised) {
    const at = places.get(row);
    const before = at === undefined ? undefined : rows[at];
    if (at !== undefined && before) rows[at] = settled(before, fate);
  }
}

/** Only an import that was sent as a single chunk can be undone. */
function undoing(number: string, undos: string[]) {
  const [undo] = undos;
  return undo && undos.length === 1 ? { license: number, sealed: undo } : undefined;
}
