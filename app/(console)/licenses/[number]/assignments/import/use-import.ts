import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useAnnounce } from "@/components/announcer";
import { useChanges } from "@/components/changes";
import { count, counted } from "@/components/numbers";
import type { Refused } from "@/components/refused";
import { useRefresh } from "@/components/use-refresh";
import { undoOnLicense } from "../../../../undo";
import type { SheetRow } from "./import-sheet";
import { readPlan } from "./read-plan";
import { sendRows } from "./send-rows";

/** What is going on, and how much of it is done. */
export type Progress = { what: "check" | "send"; done: number; of: number };

type State = {
  rows: readonly SheetRow[];
  progress: Progress | null;
  /** Why it did not go on. */
  fault: Refused | null;
  /** How a sending ended that did not send all. */
  note: string | null;
};

const UNREACHED =
  "The server did not answer. What was done stays done; the others wait. Try again in a few seconds.";

/** A file that is checked first and then sent part by part. Both can be cancelled, and begun again without harm. */
export function useImport(number: string) {
  const [state, setState] = useState<State>({ rows: [], progress: null, fault: null, note: null });
  const running = useRef<AbortController | null>(null);
  const said = useRef(0);
  const announce = useAnnounce();
  const { did } = useChanges();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const set = (part: Partial<State>) => setState((before) => ({ ...before, ...part }));

  /** Says each tenth to those who do not see the bar. */
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

  const check = (file: Blob, otherwise: string) =>
    run(async (signal) => {
      const rows: SheetRow[] = [];
      show({ what: "check", done: 0, of: file.size }, rows);
      for await (const part of readPlan(number, file, otherwise, signal)) {
        if ("refused" in part) set({ fault: part.refused });
        if (!("rows" in part)) continue;
        for (const row of part.rows) rows.push(row);
        show({ what: "check", done: part.bytes, of: file.size }, rows);
      }
      announce(`${counted(rows.length, "row")} checked`);
    });

  const send = () =>
    run(async (signal) => {
      const rows = [...state.rows];
      const undos: string[] = [];
      let [given, done, of] = [0, 0, 0];
      try {
        for await (const sent of sendRows(number, rows, signal)) {
          ({ done, of } = sent);
          given += sent.given;
          if (sent.undo) undos.push(sent.undo);
          if (sent.refused) set({ fault: sent.refused });
          show({ what: "send", done, of }, rows);
        }
      } finally {
        if (given > 0) did({ words: `Assigned ${people(given)} from a file.`, undo: undoing(number, undos) });
        if (done < of)
          set({ note: `${count(done)} of ${count(of)} rows were sent, ${count(of - done)} wait.` });
        await queries.invalidateQueries({ queryKey: ["seats", number] });
        void refresh();
      }
    });

  return { ...state, check, send, cancel: () => running.current?.abort() };
}

function people(number: number): string {
  return number === 1 ? "one person" : `${count(number)} people`;
}

/** What was sent in one part can be taken back at once. */
function undoing(number: string, undos: string[]) {
  const [undo] = undos;
  return undo && undos.length === 1 ? () => undoOnLicense(number, undo) : undefined;
}
