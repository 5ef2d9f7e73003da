"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useReducer, useRef } from "react";
import { useAnnounce } from "./announcer";
import { answered } from "./answered";
import {
  type Change,
  changesAfter,
  isRecent,
  leftUndone,
  newestUndoable,
  type Undoing,
  undoneWords,
} from "./change-log";
import { Toasts } from "./toasts";
import { useUndoKey } from "./undo-key";
import { useRefresh } from "./use-refresh";

/** What was done, in a sentence, and what takes it back; without `undo` it stays done. */
export type Did = { words: string; undo?: () => Promise<Undoing> };

type Changes = {
  /** Tells that something was done: in a toast for 10 seconds, under Recent changes and to ⌘Z for 15 minutes. */
  did(done: Did): void;
  /** The newest first. */
  recent(now: number): Change[];
  undo(id: number): Promise<void>;
};

const Context = createContext<Changes>({ did: () => {}, recent: () => [], undo: async () => {} });

export function useChanges(): Changes {
  return useContext(Context);
}

/** Remembers what this person did in this window, in the memory of the browser alone. */
export function ChangesProvider({ children }: { children: ReactNode }) {
  const [changes, dispatch] = useReducer(changesAfter, []);
  const announce = useAnnounce();
  const refresh = useRefresh();
  const queries = useQueryClient();
  const ids = useRef(0);
  const did = useCallback(
    ({ words, undo }: Did) => {
      ids.current += 1;
      dispatch({ did: { id: ids.current, at: Date.now(), words, undo, standing: "done" } });
      announce(undo ? `${words} Undo with Control Z.` : words);
    },
    [announce],
  );
  const undo = useCallback(
    async (id: number) => {
      const change = changes.find((other) => other.id === id);
      if (!change?.undo || change.standing !== "done") return;
      dispatch({ id, standing: "undoing" });
      const answer = await answered(change.undo());
      const refused = answer.ok ? undefined : answer.refused;
      const partly = answer.ok ? leftUndone(answer.did) : undefined;
      dispatch({ id, standing: refused ? "refused" : "undone", refused, partly });
      announce(refused?.sentence ?? undoneWords({ ...change, partly }), refused ? "assertive" : "polite");
      void refresh();
      await queries.invalidateQueries();
    },
    [changes, announce, refresh, queries],
  );
  const shared = useMemo<Changes>(
    () => ({ did, undo, recent: (now) => changes.filter((change) => isRecent(change, now)) }),
    [changes, did, undo],
  );
  useUndoKey(() => {
    const newest = newestUndoable(changes, Date.now());
    if (newest) void undo(newest.id);
  });
  return (
    <Context value={shared}>
      {children}
      <Toasts changes={changes} undo={undo} />
    </Context>
  );
}
