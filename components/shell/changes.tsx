"use client";

import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useReducer,
  useRef,
} from "react";
import { orUnanswered } from "@/components/forms/unanswered";
import { useAnnounce } from "./announcer";
import {
  type Change,
  changesAfter,
  isRecent,
  newestUndoable,
  notUndone,
  type UndoHandle,
  type Undoing,
  undoneText,
} from "./change-log";
import type { Keeping } from "./kept-changes";
import { KEPT_CHANGES } from "./kept-changes-id";
import { Toasts } from "./toasts";
import { useUndoKey } from "./undo-key";
import { useRefresh } from "./use-refresh";

/** A change in a sentence, and the handle that undoes it; without `undo` it can't be undone. */
export type Did = { words: string; undo?: UndoHandle };

type Changes = {
  /** Reports a change: in a toast for 10 seconds, and for 15 minutes under Recent changes and for ⌘Z. */
  did(done: Did): void;
  /** Recent changes, newest first. */
  recent(now: number): Change[];
  undo(id: number): Promise<void>;
};

const Context = createContext<Changes>({ did: () => {}, recent: () => [], undo: async () => {} });

export function useChanges(): Changes {
  return useContext(Context);
}

type Props = Keeping & {
  takeBack(license: string, sealed: string): Promise<Undoing>;
  /** Undoes a change of several licenses. */
  takeBackEverywhere(sealed: string): Promise<Undoing>;
  children: ReactNode;
};

const keeper = () => import("./kept-changes");

/** Remembers the changes that this person made in this window, even across reloads. */
export function ChangesProvider({ takeBack, takeBackEverywhere, seal, open, children }: Props) {
  const [changes, dispatch] = useReducer(changesAfter, []);
  const announce = useAnnounce();
  const refresh = useRefresh();
  const queries = useQueryClient();
  const ids = useRef(0);
  const recall = useEffectEvent(() => {
    void keeper()
      .then(({ recallChanges }) => recallChanges({ seal, open }, Date.now()))
      .then((recalled) => dispatch({ recalled }))
      .catch(() => {}); // the list is a convenience: if the server doesn't respond, it starts empty
  });
  const keep = useEffectEvent(() => {
    void keeper()
      .then(({ keepChanges }) => keepChanges(changes, { seal, open }))
      .catch(() => {});
  });
  useEffect(() => {
    if (isStored()) recall();
  }, []);
  useEffect(() => {
    if (changes.length > 0) keep();
  }, [changes]);
  const did = useCallback(
    ({ words, undo }: Did) => {
      ids.current += 1;
      dispatch({ did: { id: ids.current, at: Date.now(), words, undo, standing: "done" } });
      announce(undo ? `${words} Press Control Z to undo.` : words);
    },
    [announce],
  );
  const undo = useCallback(
    async (id: number) => {
      const change = changes.find((other) => other.id === id);
      if (!change?.undo || change.standing !== "done") return;
      dispatch({ id, standing: "undoing" });
      const { license, sealed } = change.undo;
      const result = await orUnanswered(
        license === null ? takeBackEverywhere(sealed) : takeBack(license, sealed),
      );
      const refused = result.ok ? undefined : result.refused;
      const partly = result.ok ? notUndone(result.did) : undefined;
      dispatch({ id, standing: refused ? "refused" : "undone", refused, partly });
      announce(refused?.sentence ?? undoneText({ ...change, partly }), refused ? "assertive" : "polite");
      void refresh();
      await queries.invalidateQueries();
    },
    [changes, takeBack, takeBackEverywhere, announce, refresh, queries],
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

function isStored(): boolean {
  try {
    return sessionStorage.getItem(KEPT_CHANGES) !== null;
  } catch {
    return false;
  }
}
