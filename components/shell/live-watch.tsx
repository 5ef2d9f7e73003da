"use client";

import { useWindowEvent } from "@mantine/hooks";
import { notifyManager, type Query, useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from "react";
import { hasFailed, isAway, isLive, isSignedOut, type LiveFailure, liveFailureOf } from "./live";
import { OfflineNavigationGuard } from "./offline-navigation-guard";

type Watched = {
  trouble: LiveFailure | null;
  isSignedOut: boolean;
  /** The time of the next attempt for all failed queries. */
  nextTry: number;
  tryNow(): Promise<void>;
};

const TRY_MS = 20_000;

const Context = createContext<Watched>({
  trouble: null,
  isSignedOut: false,
  nextTry: 0,
  tryNow: async () => {},
});

export function useLiveWatch(): Watched {
  return useContext(Context);
}

/** Why the server can't be used at the moment, in a sentence; null if it can. Failed reads alone block nothing. */
export function useAway(): string | null {
  const { trouble } = useLiveWatch();
  if (!isAway(trouble)) return null;
  return `${LABELS[trouble.why]} You can do this once it is back. Nothing here is lost.`;
}

export const LABELS: Record<LiveFailure["why"], string> = {
  server: "The server isn't responding.",
  store: "The license store isn't responding.",
  read: "The server couldn't read the data.",
};

/**
 * Watches the live data of the page. Failed queries are retried together; navigation that would lose the page waits
 * until they succeed.
 */
export function LiveWatch({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { failedAt, trouble, isSignedOut: isOut } = useFailures();
  const tryNow = useCallback(
    () => queries.refetchQueries({ type: "active", predicate: hasFailed }),
    [queries],
  );
  const nextTry = failedAt + TRY_MS;
  useEffect(() => {
    if (failedAt === 0) return;
    const timer = setTimeout(tryNow, Math.max(0, failedAt + TRY_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [failedAt, tryNow]);
  useWindowEvent("online", tryNow);
  useWindowEvent("offline", () => void queries.refetchQueries({ type: "active", predicate: isLive }));
  const shared = useMemo(
    () => ({ trouble, isSignedOut: isOut, nextTry, tryNow }),
    [trouble, isOut, nextTry, tryNow],
  );
  return (
    <Context value={shared}>
      <OfflineNavigationGuard isHolding={isAway(trouble)} tryNow={tryNow}>
        {children}
      </OfflineNavigationGuard>
    </Context>
  );
}

/** The state of the live queries, compared as text so that only a change rerenders. */
function useFailures() {
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback(
    (told: () => void) => cache.subscribe(notifyManager.batchCalls(told)),
    [cache],
  );
  const text = useSyncExternalStore(
    subscribe,
    () => JSON.stringify(stateOf(cache.getAll().filter(hasFailed))),
    () => JSON.stringify(stateOf([])),
  );
  return useMemo((): ReturnType<typeof stateOf> => JSON.parse(text), [text]);
}

function stateOf(failed: Query[]) {
  return {
    trouble: liveFailureOf(failed.filter((query) => !isSignedOut(query))),
    isSignedOut: failed.some(isSignedOut),
    failedAt: Math.max(0, ...failed.map(({ state }) => state.errorUpdatedAt)),
  };
}
